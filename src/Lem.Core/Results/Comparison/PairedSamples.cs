using Lem.Core.Statistics;
using Lem.Core.Statistics.Comparison;

namespace Lem.Core.Results.Comparison;

/// <summary>Two sides' repetitions of a metric, side by side, and the difference of their logarithms.</summary>
/// <param name="First">Logarithms of the reference, of the cycles that count.</param>
/// <param name="Second">Of the subject; where <paramref name="IsPaired"/>, cycle by cycle beside the first.</param>
/// <param name="Difference">Null with <paramref name="Reason"/> where no test is possible.</param>
sealed record PairedSamples(
    string Reference, string Subject, double[] First, double[] Second, bool IsPaired, MeanDifference? Difference, string? Reason)
{
    /// <summary>The samples of two sides, paired where a campaign interleaved them.</summary>
    public static PairedSamples Of(ComparedMetric metric, Contender reference, MetricSample first, Contender subject, MetricSample second)
    {
        var (a, b) = ((double[])[.. first.Logs], (double[])[.. second.Logs]);
        var isPaired = false;
        if (Pairs(metric, reference, subject) is { } pairs)
            (a, b, isPaired) = ([.. pairs.Select(pair => pair.First)], [.. pairs.Select(pair => pair.Second)], true);

        var shared = EstimatedVariance.Sum(first.Shared, second.Shared);
        var difference = isPaired ? MeanDifference.Paired(a, b) : MeanDifference.Welch(a, b, shared);
        var reason = first.Reason ?? second.Reason ?? (difference is null ? "single_cycle" : difference.HasNoSpread ? "no_spread" : null);
        return new(reference.Name, subject.Name, a, b, isPaired, reason is null ? difference : null, reason);
    }

    public PairComparison Untested() =>
        new(Reference, Subject, Design, Ratio, null, null, null, ComparisonVerdict.NotTested, null, null, null, null, Reason);

    /// <param name="holmP">The adjusted p-value.</param>
    /// <param name="holmLevel">The level that the p-value itself has to stay below.</param>
    public PairComparison Tested(double holmP, double holmLevel)
    {
        var difference = Difference ?? throw new InvalidOperationException($"{Reference} and {Subject} have no test: {Reason}");
        var (low, high) = difference.Interval();
        var verdict = holmP >= ConfigurationComparer.Level ? ComparisonVerdict.CannotTell
            : difference.Estimate < 0 ? ComparisonVerdict.Lower
            : ComparisonVerdict.Higher;
        var smallestP = IsPaired ? PermutationTest.SmallestOfPairs(First.Length) : PermutationTest.SmallestOfSamples(First.Length, Second.Length);
        var exact = smallestP >= holmLevel ? null : IsPaired
            ? PermutationTest.OfDifferences(MeanDifference.Differences(First, Second))
            : PermutationTest.OfSamples(First, Second);
        return new(
            Reference, Subject, Design, Ratio,
            new ConfidenceInterval(Math.Exp(low), Math.Exp(high), 0.95, IsPaired ? "paired_t_of_logs" : "welch_t_of_logs"),
            difference.P, holmP, verdict,
            exact is null ? null : Math.Exp(Shift() ?? double.NaN),
            exact,
            Math.Exp(Resolution.SmallestDifference(difference, holmLevel)),
            verdict is ComparisonVerdict.CannotTell ? Resolution.CyclesFor(difference, holmLevel) : null,
            null);
    }

    string? Design => First.Length == 0 || Second.Length == 0 ? null : IsPaired ? "paired_by_cycle" : "welch";

    double? Ratio => Design is null ? null : Math.Exp(Second.Average() - First.Average());

    double? Shift() => IsPaired ? HodgesLehmann.OfDifferences(MeanDifference.Differences(First, Second)) : HodgesLehmann.OfSamples(First, Second);

    static List<(double First, double Second)>? Pairs(ComparedMetric metric, Contender reference, Contender subject) =>
        CampaignPairs.Of(reference, subject) is { } cycles
        && cycles.Select(cycle => (First: MetricSample.Of(metric, cycle.First), Second: MetricSample.Of(metric, cycle.Second)))
            .Where(pair => pair is { First.Reason: null, Second.Reason: null })
            .Select(pair => (pair.First.Logs.Average(), pair.Second.Logs.Average()))
            .ToList() is { Count: >= 2 } pairs
            ? pairs
            : null;
}
