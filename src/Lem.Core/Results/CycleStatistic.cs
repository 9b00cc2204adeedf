using Lem.Core.Statistics;

namespace Lem.Core.Results;

/// <summary>One metric over cycles.</summary>
/// <param name="Metric">Its path in a result: <c>energy_metrics.joules_per_output_token</c>.</param>
/// <param name="N">Cycles that have it.</param>
/// <param name="Mean">Of a ratio: ratio of sums over the cycles, never the mean of ratios.</param>
/// <param name="Cv">sd ÷ |mean of the values|.</param>
/// <param name="Interval">The headline interval: Student's t (jackknife-t of ratios) unless <c>statistics.ci_method</c> chose another at n ≥ 30.</param>
/// <param name="Bca">Bootstrap interval beside it.</param>
/// <param name="PercentileBootstrap">Plain bootstrap interval beside it.</param>
/// <param name="Values">The cycles' values in order; null where a cycle has none.</param>
/// <param name="Outliers">Positions in <paramref name="Values"/> with a modified z above 3.5: flagged, never dropped.</param>
/// <param name="Reason">Why a figure is null.</param>
public sealed record CycleStatistic(
    string Metric,
    string Unit,
    int N,
    double? Mean,
    double? Median,
    double? Sd,
    double? Cv,
    ConfidenceInterval? Interval,
    ConfidenceInterval? Bca,
    ConfidenceInterval? PercentileBootstrap,
    IReadOnlyList<double?> Values,
    IReadOnlyList<int> Outliers,
    string? Reason);
