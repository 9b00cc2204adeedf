using System.Globalization;
using Lem.Core.Results;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Experiments;

/// <summary>Which devices an engine uses, by the names that the meter has for them.</summary>
static class EngineGpus
{
    const string Cuda = "gpu:CUDA";

    /// <summary>Its GPUs; empty where it names none. A GPU of which nobody knows which one it is keeps the engine's name: its energy is then not known.</summary>
    /// <param name="cudaGpus">The meter's names of CUDA's devices 0, 1, ….</param>
    public static IReadOnlyList<string> Of(EngineDescription engine, IReadOnlyList<string> cudaGpus) =>
        [.. DevicesOf(engine, cudaGpus).Where(device => device.StartsWith("gpu:", StringComparison.Ordinal))];

    /// <summary>Its GPUs and, where it computes on the processor, <c>cpu</c>.</summary>
    public static IReadOnlyList<string> DevicesOf(EngineDescription engine, IReadOnlyList<string> cudaGpus) =>
        [.. engine.Devices.Select(device => MeterName(device, cudaGpus))];

    /// <summary>The GPUs that take part, measured or not: those of the engine; before it is there, and where it names none or one that nobody knows, all that were looked for.</summary>
    public static IReadOnlyList<string> TakingPart(ExperimentParts parts, EngineDescription? engine = null) =>
        engine is not null && Of(engine, parts.CudaGpus) is { Count: > 0 } own && !own.Any(device => device.StartsWith(Cuda, StringComparison.Ordinal))
            ? own
            : [.. parts.Meter.Channels.Where(c => c.Domain == EnergyDomain.Gpu).Select(c => c.Device), .. parts.Unavailable.Select(u => u.Device).OfType<string>()];

    static string MeterName(string device, IReadOnlyList<string> cudaGpus) =>
        device.StartsWith(Cuda, StringComparison.Ordinal)
        && int.TryParse(device[Cuda.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < cudaGpus.Count
            ? cudaGpus[index]
            : device;
}
