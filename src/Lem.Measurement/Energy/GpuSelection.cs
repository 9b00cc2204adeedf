using System.Globalization;

namespace Lem.Measurement.Energy;

/// <summary>Which GPUs are meant by a list of indices and UUIDs, in the light of CUDA_VISIBLE_DEVICES.</summary>
static class GpuSelection
{
    /// <summary>
    /// The devices to find: UUIDs, or indices in NVML's order. Null = all there are. An index of the request counts within
    /// CUDA_VISIBLE_DEVICES where that is set, as it does for the engine.
    /// </summary>
    public static IReadOnlyList<ChosenGpu>? Resolve(IReadOnlyList<string>? requested, string? cudaVisibleDevices)
    {
        var visible = Visible(cudaVisibleDevices);
        if (requested is null)
            return visible?.Select(name => new ChosenGpu(name, name)).ToList();
        return [.. requested.Select(name => new ChosenGpu(name, visible is not null && IndexOf(name) is { } index ? visible.ElementAtOrDefault(index) : name))];
    }

    public static int? IndexOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>The entries of CUDA_VISIBLE_DEVICES up to the first invalid one, as CUDA takes it (−1 hides all); null = not set.</summary>
    public static List<string>? Visible(string? cudaVisibleDevices)
    {
        if (cudaVisibleDevices is null)
            return null;
        var names = new List<string>();
        foreach (var name in cudaVisibleDevices.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IndexOf(name) is null && !name.StartsWith("GPU-", StringComparison.Ordinal) && !name.StartsWith("MIG-", StringComparison.Ordinal))
                break;
            names.Add(name);
        }

        return names;
    }
}
