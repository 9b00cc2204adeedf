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
            gpus.Add(RawRecords.Telemetry(device, meter.GpuOf(channel), samples, computePrecision));
        }

        return (ThrottleReport.Summarise(judged, _window, stamp => time.GetElapsedTime(outcome.Open, stamp).TotalSeconds), gpus);
    }
}
