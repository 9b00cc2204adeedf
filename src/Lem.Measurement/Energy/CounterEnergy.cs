using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Energy of a window by a counter.</summary>
/// <param name="Energy">Difference of the counter at the window's own edges; null with <paramref name="Reason"/>.</param>
/// <param name="Uncertainty">Half of the 95 % interval of what the edges leave open.</param>
/// <param name="NearestReads">Raw difference of the last reads at or before the edges.</param>
/// <param name="Ticks">Values of the counter within the window.</param>
public sealed record CounterEnergy(Joules? Energy, Joules? Uncertainty, Joules? NearestReads, int Ticks, string? Reason)
{
    /// <summary>From here on the counter leads (below, its edges weigh too much).</summary>
    public const int LeadingTicks = 10;

    internal static CounterEnergy Compute(ChannelSeries series, double open, double close)
    {
        var curve = CounterCurve.From(series, open, close);
        var ticks = curve.Ticks.Count > 0 ? curve.LastTick(close) - curve.LastTick(open) : 0;
        var nearest = Nearest(series, open, close);
        CounterEnergy None(string reason) => new(null, null, nearest, ticks, reason);

        if (!series.Points.Any(point => !double.IsNaN(point.EnergyJoules)))
            return None(series.Points.Count > 0 ? ReadFailures.Reason(series) ?? "no_counter" : "no_readings");
        if (series.Truncated)
            return None("trace_truncated");
        if (curve.ResetAtSeconds >= open && curve.ResetAtSeconds <= close)
            return None("counter_reset");
        var step = Math.Max(curve.UpdateSeconds, series.TypicalGapSeconds());

        // A device that stopped answering within the window used something after its last answer: nobody knows how much.
        if (close - curve.LastReadSeconds > 2 * step && ReadFailures.After(series, curve.LastReadSeconds) is { } lost)
            return None(lost);

        if (curve.Ticks.Count < 2)
            return None("counter_did_not_advance");

        if (ticks == 0 && close - open > 2 * step)
            return None("counter_did_not_advance");

        // Beyond this from the nearest read, nothing is known of the edge.
        if (open < curve.Ticks[0].At - (2 * step) || close - curve.LastReadSeconds > Math.Max(3, 5 * step))
            return None(ReadFailures.Reason(series) ?? "counter_gap_at_edge");

        var (start, end) = (curve.AtOpening(open), curve.AtClosing(close));
        var joules = end.Joules - start.Joules;
        if (joules < 0)
            return None("counter_negative");
        if (series.Channel.PowerLimit is { } limit && joules > 1.5 * limit.Value * (close - open))
            return None("counter_implausible");
        var unseen = curve.UnseenJoules(open, close, 2 * step);
        return new CounterEnergy(new Joules(joules), new Joules((2 * Math.Sqrt(start.Variance + end.Variance)) + unseen), nearest, ticks, null);
    }

    static Joules? Nearest(ChannelSeries series, double open, double close)
    {
        double first = double.NaN, last = double.NaN;
        foreach (var point in series.Counters())
        {
            if (point.AtSeconds <= open || double.IsNaN(first))
                first = point.EnergyJoules;
            if (point.AtSeconds <= close)
                last = point.EnergyJoules;
        }

        return double.IsNaN(first) || double.IsNaN(last) ? null : new Joules(last - first);
    }
}
