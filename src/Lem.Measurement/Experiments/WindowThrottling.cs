using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Measurement.Energy;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>What held the clocks of the GPUs back in a window, and what the GPUs told of themselves meanwhile.</summary>
sealed class WindowThrottling(EnergyMeter meter, ExperimentJournal journal, WindowOutcome outcome, string? computePrecision, TimeProvider time, int cycle)
{
    readonly TimeSpan _window = time.GetElapsedTime(outcome.Open, outcome.Close);

    public (ThermalThrottleInfo Info, IReadOnlyList<GpuTelemetry> Gpus) Judge(
        IReadOnlyDictionary<int, ThrottleCounters> before, IReadOnlyDictionary<int, ThrottleCounters> after)
    {
        var judged = new List<ThermalThrottle>();
        var gpus = new List<GpuTelemetry>();
        foreach (var channel in after.Keys.Order())
        {
            var device = meter.Channels[channel].Device;
            var samples = meter.TelemetryOf(channel, outcome.Open, outcome.Close);
            var throttle = ThermalThrottle.Judge(device, before.GetValueOrDefault(channel), after[channel], samples, _window);
            journal.Raise(ThrottleReport.Doubts(throttle).Select(f => f with { Phase = "measure" }), cycle);
            judged.Add(throttle);
            gpus.Add(Telemetry(device, meter.GpuOf(channel), samples));
        }

        return (ThrottleReport.Summarise(judged, _window, stamp => time.GetElapsedTime(outcome.Open, stamp).TotalSeconds), gpus);
    }

    GpuTelemetry Telemetry(string device, (string? Name, bool? Mig, long? MemoryBytes)? gpu, IReadOnlyList<GpuSample> samples) => new(
        device,
        gpu?.Name,
        gpu?.Mig,
        gpu?.MemoryBytes / (double)(1 << 20),
        samples.Max(s => s.MemoryUsedBytes) / (double)(1 << 20),
        samples.Average(s => s.SmPercent),
        samples.Average(s => s.MemoryPercent),
        samples.Count(s => s.SmPercent is not null),
        samples.Max(s => s.TemperatureCelsius),
        GpuPeak.Of(gpu?.Name, computePrecision));
}
