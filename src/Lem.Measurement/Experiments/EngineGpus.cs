using System.Globalization;
using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Experiments;

/// <summary>Which GPUs an engine uses, by the names that the meter has for them.</summary>
static class EngineGpus
{
    const string Cuda = "gpu:CUDA";

    /// <summary>Empty where the engine names none.</summary>
    public static IReadOnlyList<string> Of(EngineDescription engine, EnergyMeter meter)
    {
        var gpus = meter.Channels.Where(c => c.Domain == EnergyDomain.Gpu).Select(c => c.Device).ToList();
        return [.. engine.Devices.Where(device => device.StartsWith("gpu:", StringComparison.Ordinal)).Select(device => MeterName(device, gpus))];
    }

    // An engine numbers its GPUs as CUDA shows them, and so does the meter; the meter knows them by UUID.
    static string MeterName(string device, List<string> gpus) =>
        device.StartsWith(Cuda, StringComparison.Ordinal)
        && int.TryParse(device[Cuda.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < gpus.Count
            ? gpus[index]
            : device;
}
