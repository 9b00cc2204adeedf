using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Power of one device while nothing runs: driver-idle, context-idle or post-run, whichever was asked for.</summary>
/// <param name="Mean">Null with <paramref name="Reason"/>.</param>
/// <param name="VarianceOfMean">W²: from the means of blocks long enough to be independent of each other.</param>
/// <param name="Samples">Readings in the stretch.</param>
/// <param name="EffectiveSamples">Independent values among them: the blocks.</param>
/// <param name="Duration">Length of the stretch.</param>
/// <param name="Settled">Power no longer drifted.</param>
/// <param name="Method">fresh, or cached.</param>
/// <param name="Age">Of a cached value.</param>
/// <param name="Drift">How far power moved over the stretch, by a straight line through it; null where it was not judged.</param>
/// <param name="DriftHalfWidth">Half of the 95 % interval of <paramref name="Drift"/>.</param>
public sealed record IdlePower(
    EnergyChannel Channel,
    Watts? Mean,
    double? VarianceOfMean,
    int Samples,
    int EffectiveSamples,
    TimeSpan Duration,
    bool Settled,
    string? Reason,
    string Method = "fresh",
    TimeSpan? Age = null,
    Watts? Drift = null,
    Watts? DriftHalfWidth = null)
{
    /// <summary>The idle of an estimate is no measurement, so that nothing is subtracted from an estimated energy.</summary>
    public const string EstimatedReason = "estimated_domain_has_no_idle";

    // Student's t, 97.5 %, Blocks − 1 = 9 degrees of freedom.
    const double StudentT = 2.262157;

    /// <summary>Half of the 95 % interval of <see cref="Mean"/>; null without a mean.</summary>
    public Watts? HalfWidth => Mean is not null && VarianceOfMean is { } variance ? new Watts(StudentT * Math.Sqrt(variance)) : null;

    /// <summary>Mean power of a stretch of a channel's readings, edges in seconds of the trace.</summary>
    public static IdlePower Of(ChannelSeries series, double from, double to)
    {
        var duration = TimeSpan.FromSeconds(to - from);
        IdlePower None(string reason) => new(series.Channel, null, null, series.Points.Count, 0, duration, false, reason);

        if (series.Channel.Method is EnergyMethod.Estimated)
            return None(EstimatedReason);
        if (BlockMeans(series, from, to) is not { } blocks)
            return None(ReadFailures.Reason(series) ?? "too_few_readings");
        var rule = SettledRule.Judge(blocks);
        return new IdlePower(
            series.Channel, new Watts(rule.MeanWatts), rule.VarianceOfMean, series.Points.Count(point => point.Failure is ReadFailure.None),
            SettledRule.Blocks, duration, rule.Settled, null, Drift: new Watts(rule.DriftWatts), DriftHalfWidth: new Watts(rule.DriftHalfWidthWatts));
    }

    // A counter gives each block's mean exactly where it ticks several times in it; else the power readings do.
    static double[]? BlockMeans(ChannelSeries series, double from, double to)
    {
        var length = (to - from) / SettledRule.Blocks;
        var counter = CounterCurve.From(series);
        var powers = series.Powers();
        Func<double, double, double>? energy =
            counter.Ticks.Count >= 2 * SettledRule.Blocks && double.IsNaN(counter.ResetAtSeconds) ? (a, b) => counter.Inside(b) - counter.Inside(a)
            : powers.Count >= SettledRule.Blocks ? new PowerCurve(powers).Integral
            : null;
        return energy is null ? null : [.. Enumerable.Range(0, SettledRule.Blocks).Select(i => energy(from + (i * length), from + ((i + 1) * length)) / length)];
    }
}
