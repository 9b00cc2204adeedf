using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Energy of parts of a window that alternate, such as prefill and decoding, summed over all parts of one kind.</summary>
/// <param name="Energy">Null with <paramref name="Reason"/>.</param>
/// <param name="Method">phase_stamped: the curve of energy, read at exact boundaries.</param>
public sealed record PartsEnergy(EnergyChannel Channel, Joules? Energy, string Method, string? Reason)
{
    /// <summary>Sums one channel over the parts, given as stamps of the trace's clock.</summary>
    public static IReadOnlyList<PartsEnergy> Compute(EnergyTrace trace, IReadOnlyList<(long Start, long End)> parts)
    {
        if (parts.Count == 0)
            return [.. trace.Channels.Select(channel => new PartsEnergy(channel, null, "phase_stamped", "no_such_phase"))];
        var (from, to) = (parts.Min(part => part.Start), parts.Max(part => part.End));
        var seconds = parts.Select(part => (trace.Seconds(part.Start), trace.Seconds(part.End))).ToList();

        // Two seconds on each side: a tick of every sensor lies in them.
        var margin = (long)(2 * (to - from) / Math.Max(1e-9, trace.Seconds(to) - trace.Seconds(from)));
        return [.. Enumerable.Range(0, trace.Channels.Count).Select(channel => trace.Series(channel, from - margin, to + margin) with { Truncated = !trace.Holds(from) })
            .Select(series => Compute(series, seconds))];
    }

    /// <summary>Parts in seconds of the series. Refused where a typical part is shorter than two values of the sensor: then only their sum with their neighbours is known.</summary>
    public static PartsEnergy Compute(ChannelSeries series, IReadOnlyList<(double Start, double End)> parts)
    {
        PartsEnergy None(string reason) => new(series.Channel, null, "phase_stamped", reason);

        var counter = CounterCurve.From(series);
        var gap = series.TypicalGapSeconds();
        var period = Math.Max(series.Channel.UpdatePeriod?.TotalSeconds ?? gap, Math.Max(gap, series.FoldSeconds()));
        var lengths = parts.Select(part => part.End - part.Start).Order().ToList();
        if (lengths.Count == 0)
            return None("no_such_phase");
        if (lengths[lengths.Count / 2] < 2 * period)
            return None("phase_shorter_than_sensor_period");
        if (series.Truncated)
            return None("trace_truncated");
        if (counter.Ticks.Count >= 2)
            return double.IsNaN(counter.ResetAtSeconds)
                ? new PartsEnergy(series.Channel, new Joules(parts.Sum(part => counter.Inside(part.End) - counter.Inside(part.Start))), "phase_stamped", null)
                : None("counter_reset");
        var powers = series.Powers();
        if (powers.Count < 2)
            return None("no_readings");
        var curve = new PowerCurve(powers);
        var shift = (period + (series.Channel.AveragingWindow?.TotalSeconds ?? period / 4)) / 2;
        return new PartsEnergy(series.Channel, new Joules(parts.Sum(part => curve.Integral(part.Start + shift, part.End + shift))), "phase_stamped", null);
    }
}
