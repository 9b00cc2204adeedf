using Lem.Core.Configuration;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>Names the chosen GPUs to an engine that lem starts, so that it works on the very devices that are metered.</summary>
public static class EngineVisibility
{
    // CUDA's list ends at an entry that names nothing.
    static readonly GpuId Nothing = -1;

    /// <summary>What its CUDA_VISIBLE_DEVICES is to hold, with CUDA_DEVICE_ORDER=PCI_BUS_ID; null where nothing is chosen, and it inherits lem's.</summary>
    /// <param name="gpus">As the configuration has them: an index counts within <paramref name="cudaVisibleDevices"/>.</param>
    public static IReadOnlyList<GpuId>? Of(IReadOnlyList<GpuId>? gpus, string? cudaVisibleDevices, string nvmlLibrary = NvmlReader.DefaultLibrary)
    {
        if (GpuSelection.Resolve(gpus is null ? null : [.. gpus.Select(gpu => gpu.ToString())], cudaVisibleDevices) is not { } chosen || gpus is null)
            return null;
        using var nvml = NvmlReader.Open(nvmlLibrary, out _);
        var names = nvml is null ? null : new GpuNames(nvml);
        return [.. chosen.Select(gpu => gpu.Name is not { } name ? Nothing : Id(names?.ForCuda(name) ?? name))];
    }

    static GpuId Id(string name) => GpuSelection.IndexOf(name) is { } index ? GpuId.FromInt32(index) : new(null, name);
}
