using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>The meter's findings in the form in which raw results store them.</summary>
public static class RawRecords
{
    /// <summary>One device's window, its idle subtracted both ways.</summary>
    /// <param name="contextIdle">Adjusted by the idle of the loaded model.</param>
    /// <param name="driverIdle">Adjusted by the idle before anything was loaded.</param>
    public static DomainEnergyRecord Energy(
        DomainEnergy gross, AdjustedEnergy contextIdle, AdjustedEnergy driverIdle, IdlePower? baseline, PartsEnergy? prefill = null, PartsEnergy? decode = null,
        (Joules Energy, Joules Uncertainty)? calibrated = null) =>
        new(
            gross.Channel.Domain, gross.Channel.Device, gross.Energy, contextIdle.Energy, driverIdle.Energy, calibrated?.Energy, baseline?.Mean,
            gross.Method, gross.Quality, gross.Uncertainty, contextIdle.Uncertainty, gross.Reason, contextIdle.Reason,
            Counted(gross)?.Energy, gross.Integral.Energy, prefill?.Energy, decode?.Energy, gross.SystematicBand, calibrated?.Uncertainty, Counted(gross)?.NearestReads);

    /// <summary>How prefill and decode were told apart, where at least one of them has energy.</summary>
    public static string? PhaseMethod(IReadOnlyList<DomainEnergyRecord> domains) =>
        domains.Any(d => (d.PrefillJ ?? d.DecodeJ) is not null) ? "phase_stamped" : null;

    // An estimate is read as a sum that grows, but no hardware counted it.
    static CounterEnergy? Counted(DomainEnergy gross) => gross.Channel.Method is EnergyMethod.Estimated ? null : gross.Counter;

    /// <summary>What could not be measured at all: null, with its reason.</summary>
    public static DomainEnergyRecord Missing(UnavailableReason reason) =>
        new(reason.Domain, reason.Device ?? $"{reason.Domain.ToString().ToLowerInvariant()}:*", null, Reason: reason.Code, AdjustedReason: reason.Code);

    public static IEnumerable<BaselineRecord> Baseline(BaselineKind kind, IdleBaseline baseline) => baseline.Channels.Select(idle => new BaselineRecord(
        kind, idle.Channel.Domain, idle.Channel.Device, idle.Mean, idle.VarianceOfMean, idle.Samples, idle.Duration.TotalSeconds,
        idle.Mean is null ? null : idle.Settled, idle.Method, idle.Age?.TotalSeconds, idle.Reason));

    /// <summary>What one GPU told of itself in a window, by the samples within it.</summary>
    /// <param name="computePrecision">That of the work, for the peak it has; null = not known.</param>
    public static GpuTelemetry Telemetry(
        string device, (string? Name, bool? Mig, long? MemoryBytes)? gpu, IReadOnlyList<GpuSample> samples, string? computePrecision = null) => new(
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

    /// <summary>How well each channel was sampled between two stamps.</summary>
    /// <param name="energies">Of the same stretch, channel by channel.</param>
    public static IEnumerable<SamplerQuality> Quality(EnergyTrace trace, long open, long close, IReadOnlyList<DomainEnergy> energies)
    {
        for (var i = 0; i < trace.Channels.Count; i++)
        {
            var series = trace.Series(i, open, close);
            var points = series.Points;
            double? gap = null;
            var updates = 0;
            SeriesPoint? last = null;
            foreach (var point in points.Where(point => point.Failure is ReadFailure.None))
            {
                if (last is { } before)
                {
                    gap = Math.Max(gap ?? 0, (point.AtSeconds - before.AtSeconds) / point.Folded);
                    updates += IsUpdate(before, point) ? 1 : 0;
                }

                last = point;
            }

            yield return new SamplerQuality(
                series.Channel.Device, series.Channel.Source, points.Sum(point => point.Folded), updates, points.Count(point => point.Failure is not ReadFailure.None),
                gap * 1e3,
                (energies[i].Integral.UpdateSeconds * 1e3) ?? series.Channel.UpdatePeriod?.TotalMilliseconds,
                (energies[i].Integral.WindowSeconds * 1e3) ?? series.Channel.AveragingWindow?.TotalMilliseconds,
                energies[i].Integral.AliasRisk,
                energies[i].Integral.Energy is null ? null : energies[i].Integral.AssumedWindow,
                energies[i].Integral.Form);
        }
    }

    // The counter tells best whether the sensor has a new value; without one, the power does.
    static bool IsUpdate(SeriesPoint before, SeriesPoint after) =>
        double.IsNaN(after.EnergyJoules) ? after.PowerWatts != before.PowerWatts : after.EnergyJoules != before.EnergyJoules;
}
