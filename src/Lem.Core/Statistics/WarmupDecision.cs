namespace Lem.Core.Statistics;

/// <summary>Go on or stop, and the figures that say so.</summary>
/// <param name="Cv">Coefficient of variation of the last latencies; null below two.</param>
/// <param name="Trend">Slope per iteration over the last max(10, 2·window); null until there are as many.</param>
public sealed record WarmupDecision(WarmupState State, double? Cv, LinearTrend? Trend)
{
    public bool Stop => State != WarmupState.Continue;
}
