using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Energy of parts of a window that alternate, such as prefill and decoding, summed over all parts of one kind.</summary>
/// <param name="Energy">Null with <paramref name="Reason"/>.</param>
/// <param name="Uncertainty">What the edges of the parts may have lost to their other side; null without energy.</param>
/// <param name="Method">phase_stamped: the curve of energy, read at exact boundaries.</param>
public sealed record PartsEnergy(EnergyChannel Channel, Joules? Energy, Joules? Uncertainty, string Method, string? Reason)
{
    // Beyond this share of the value the edges say more than the parts.
    const double LargestShare = 0.05;

    // Steady levels beside the outermost edges: the longest averaging window is a second.
    const double MarginSeconds = 5;

    /// <summary>Sums each channel over the parts of both kinds, given as stamps of the trace's clock.</summary>
    /// <param name="whole">Energy of the window that holds all parts, channel by channel.</param>
    public static IReadOnlyList<(PartsEnergy First, PartsEnergy Second)> Compute(
        EnergyTrace trace, IReadOnlyList<DomainEnergy> whole, IReadOnlyList<(long Start, long End)> first, IReadOnlyList<(long Start, long End)> second)
    {
        if (first.Count + second.Count == 0)
            return [.. whole.Select(energy => (None(energy.Channel, "no_such_phase"), None(energy.Channel, "no_such_phase")))];
        var (from, to) = (first.Concat(second).Min(part => part.Start), first.Concat(second).Max(part => part.End));
        var margin = (long)(MarginSeconds * (to - from) / Math.Max(1e-9, trace.Seconds(to) - trace.Seconds(from)));
        var (one, two) = (Seconds(first), Seconds(second));
        return [.. whole.Select((energy, channel) =>
            Compute(trace.Series(channel, from - margin, to + margin) with { Truncated = !trace.Holds(from) }, energy, one, two))];

        List<(double Start, double End)> Seconds(IReadOnlyList<(long Start, long End)> parts) =>
            [.. parts.Select(part => (trace.Seconds(part.Start), trace.Seconds(part.End)))];
    }

    /// <summary>One channel; parts in seconds of the series. Refused where the sensor is too slow for them: then only their sum with their neighbours is known.</summary>
    public static (PartsEnergy First, PartsEnergy Second) Compute(
        ChannelSeries series, DomainEnergy whole, IReadOnlyList<(double Start, double End)> first, IReadOnlyList<(double Start, double End)> second)
    {
        if ((whole.Energy is null ? whole.Reason ?? "no_readings" : series.Truncated ? "trace_truncated" : null) is { } unknown)
            return (None(series.Channel, unknown), None(series.Channel, unknown));
        var (from, to) = (first.Concat(second).Min(part => part.Start), first.Concat(second).Max(part => part.End));
        var curve = PartsCurve.Of(series, whole, from, to);
        if (curve.Reason is { } reason)
            return (None(series.Channel, reason), None(series.Channel, reason));
        var (one, two) = (PartsSum.Of(curve, first, from, to), PartsSum.Of(curve, second, from, to));

        // Each kind's mean is itself nearer to the other's by what the edges mixed.
        var mixed = (one.EdgeSeconds / Math.Max(one.Seconds, 1e-9)) + (two.EdgeSeconds / Math.Max(two.Seconds, 1e-9));
        var step = first.Count > 0 && second.Count > 0 ? Math.Abs(one.Watts - two.Watts) / Math.Max(0.5, 1 - mixed) : 0;
        return (Judge(series.Channel, curve, first, one, step), Judge(series.Channel, curve, second, two, step));
    }

    static PartsEnergy Judge(EnergyChannel channel, PartsCurve curve, IReadOnlyList<(double Start, double End)> parts, PartsSum sum, double stepWatts)
    {
        if (parts.Count == 0)
            return None(channel, "no_such_phase");
        if (parts.Select(part => part.End - part.Start).Order().ElementAt(parts.Count / 2) < 2 * curve.ShortestSeconds)
            return None(channel, "phase_shorter_than_sensor_period");
        var uncertainty = (stepWatts * sum.EdgeSeconds) + sum.OutermostJoules;
        return uncertainty > LargestShare * sum.Joules
            ? None(channel, "phase_edges_uncertain")
            : new PartsEnergy(channel, new Joules(sum.Joules), new Joules(uncertainty), "phase_stamped", null);
    }

    static PartsEnergy None(EnergyChannel channel, string reason) => new(channel, null, null, "phase_stamped", reason);

    /// <param name="EdgeSeconds">Lost to the other kind for each watt of difference.</param>
    /// <param name="OutermostJoules">Lost to what lies before the first part and after the last one.</param>
    sealed record PartsSum(double Joules, double Seconds, double EdgeSeconds, double OutermostJoules)
    {
        public double Watts => Joules / Seconds;

        public static PartsSum Of(PartsCurve curve, IReadOnlyList<(double Start, double End)> parts, double from, double to)
        {
            var (joules, seconds) = (parts.Sum(part => curve.Joules(part.Start, part.End)), parts.Sum(part => part.End - part.Start));
            var (inner, outermost) = (0.0, 0.0);
            foreach (var edge in parts.SelectMany(part => new[] { part.Start, part.End }))
            {
                if (edge == from || edge == to)
                    outermost += Math.Abs((joules / seconds) - OutsideWatts(curve, edge, edge == from ? -1 : 1)) * curve.EdgeSeconds(edge);
                else
                    inner += curve.EdgeSeconds(edge);
            }

            return new PartsSum(joules, seconds, inner, outermost);
        }

        static double OutsideWatts(PartsCurve curve, double edge, int direction)
        {
            var reach = curve.ShortestSeconds;
            return curve.Joules(edge + (direction * reach), edge + (3 * direction * reach)) / (2 * direction * reach);
        }
    }
}
