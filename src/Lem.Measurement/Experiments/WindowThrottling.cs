using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>What held the clocks of the GPUs back in a window, judged per device and told for the worst.</summary>
sealed class WindowThrottling(EnergyMeter meter, ExperimentJournal journal, WindowOutcome outcome, TimeProvider time, int cycle)
{
    public (ThermalThrottleInfo Info, IReadOnlyList<Core.Results.Raw.GpuTelemetry> Gpus) Judge(
        IReadOnlyDictionary<int, ThrottleCounters> before, IReadOnlyDictionary<int, ThrottleCounters> after)
    {
        var judged = new List<ThermalThrottle>();
        var gpus = new List<Core.Results.Raw.GpuTelemetry>();
        var stamps = new List<double>();
        foreach (var channel in after.Keys.Order())
        {
            var samples = meter.TelemetryOf(channel, outcome.Open, outcome.Close);
            var (throttle, findings) = ThermalThrottle.Judge(
                meter.Channels[channel].Device, before.GetValueOrDefault(channel), after[channel], samples, time.GetElapsedTime(outcome.Open, outcome.Close));
            journal.Raise(findings.Select(f => f with { Phase = "measure" }), cycle);
            judged.Add(throttle);
            gpus.Add(Telemetry(meter.Channels[channel].Device, samples));
            stamps.AddRange(samples.Where(s => (s.ReasonBits & Nvml.ThrottleBits.Thermal) > 0).Select(s => time.GetElapsedTime(outcome.Open, s.Stamp).TotalSeconds));
        }

        return (judged.Count == 0 ? new(Reason: "no_gpu_measured") : Worst(judged, stamps), gpus);
    }

    ThermalThrottleInfo Worst(List<ThermalThrottle> judged, List<double> stamps)
    {
        var worst = judged.MaxBy(t => (t.ThermalFraction ?? -1) + (t.PowerBrakeFraction ?? -1)) ?? judged[0];
        var thermal = judged.Max(t => t.ThermalFraction);
        var brake = judged.Max(t => t.PowerBrakeFraction);
        var capped = judged.Max(t => t.PowerCappedFraction);
        var seconds = time.GetElapsedTime(outcome.Open, outcome.Close).TotalSeconds;
        return new(
            Detected: thermal is null && brake is null ? null : thermal >= 0.01 || brake >= 0.01,
            Thermal: thermal is null ? null : thermal >= 0.01,
            Power: capped is null ? null : capped > 0,
            HwPower: brake is null ? null : brake >= 0.01,
            HwSlowdown: judged.Max(t => t.HardwareSlowdownFraction) is { } slowdown ? slowdown > 0 : null,
            Band: worst.ThermalBand,
            Method: worst.Method,
            ThermalFraction: thermal,
            PowerBrakeFraction: brake,
            PowerCappedFraction: capped,
            ThrottleDurationSec: thermal * seconds,
            MaxTemperatureC: judged.Max(t => t.MaxTemperatureCelsius),
            TemperatureRiseC: judged.Max(t => t.TemperatureRiseCelsius),
            ThrottleTimestamps: stamps,
            Reason: worst.Reason);
    }

    static Core.Results.Raw.GpuTelemetry Telemetry(string device, IReadOnlyList<Energy.GpuTelemetry> samples)
    {
        double? Mean(Func<Energy.GpuTelemetry, int?> value) => samples.Select(value).Any(v => v is not null) ? samples.Average(s => value(s)) : null;

        return new(
            device,
            Name: null,
            Mig: null,
            MemoryTotalMb: null,
            samples.Max(s => s.MemoryUsedBytes) / (double)(1 << 20),
            Mean(s => s.SmPercent),
            Mean(s => s.MemoryPercent),
            samples.Count(s => s.SmPercent is not null),
            samples.Max(s => s.TemperatureCelsius),
            PeakFlopPerSecond: null);
    }
}
