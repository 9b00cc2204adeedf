using System.Globalization;

namespace Lem.Measurement.Energy;

/// <summary>Which GPUs are meant by a list of indices and UUIDs, in the light of CUDA_VISIBLE_DEVICES.</summary>
static class GpuSelection
{
    /// <summary>
    /// Names of the devices to find: UUIDs, or indices in NVML's order. Null = all there are. An index of the request counts within
    /// CUDA_VISIBLE_DEVICES where that is set, as it does for the engine.
    /// </summary>
    public static IReadOnlyList<string>? Resolve(IReadOnlyList<string>? requested, string? cudaVisibleDevices)
    {
        var visible = cudaVisibleDevices is null ? null : Visible(cudaVisibleDevices);
        if (requested is null)
            return visible;
        return visible is null
            ? requested
            : [.. requested.Select(name => IndexOf(name) is { } index ? index < visible.Count ? visible[index] : null : name).OfType<string>()];
    }

    public static int? IndexOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    // CUDA takes the list up to the first invalid entry; -1 hides all.
    static List<string> Visible(string list)
    {
        var names = new List<string>();
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IndexOf(name) is null && !name.StartsWith("GPU-", StringComparison.Ordinal) && !name.StartsWith("MIG-", StringComparison.Ordinal))
                break;
            names.Add(name);
        }

        return names;
    }
}
