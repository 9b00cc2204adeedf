using Lem.Core.Statistics;

namespace Lem.Core.Results.Comparison;

/// <summary>One configuration's figure against another's, as a ratio.</summary>
/// <param name="Reference">Name of the configuration compared with.</param>
/// <param name="Subject">Name of the configuration that is compared.</param>
/// <param name="Design">welch, or paired_by_cycle where a campaign interleaved the two.</param>
/// <param name="Ratio">Subject ÷ reference, of geometric means over cycles.</param>
/// <param name="Interval">95 % interval of the ratio: t on differences of logarithms, for this pair alone.</param>
/// <param name="P">Two-sided p-value of "the ratio is 1".</param>
/// <param name="HolmP">The same, adjusted for all pairs of this metric; the verdict goes by it.</param>
/// <param name="HodgesLehmann">A ratio that a few wild cycles cannot move; beside the exact test.</param>
/// <param name="PermutationP">Exact p-value; null where so few cycles could not reach Holm's level however far apart they were.</param>
/// <param name="SmallestRatio">The ratio (above 1) that these cycles resolve with a power of 80 %.</param>
/// <param name="CyclesNeeded">Cycles on each side that would resolve the ratio seen, if it is the true one; null where even 10,000 would not.</param>
/// <param name="Reason">Why there is no test.</param>
public sealed record PairComparison(
    string Reference,
    string Subject,
    string? Design,
    double? Ratio,
    ConfidenceInterval? Interval,
    double? P,
    double? HolmP,
    ComparisonVerdict Verdict,
    double? HodgesLehmann,
    double? PermutationP,
    double? SmallestRatio,
    int? CyclesNeeded,
    string? Reason);
