using Lem.Core.Statistics.Comparison;

namespace Lem.Core.Results.Comparison;

/// <summary>
/// Compares configurations metric by metric: the difference of the logarithms' means, paired by cycle where a campaign interleaved the two,
/// else after Welch; Holm over the pairs of a metric. Pure: the same results give the same comparison.
/// </summary>
public static class ConfigurationComparer
{
    public const double Level = 0.05;

    /// <param name="sides">At least two; the first is the reference unless <paramref name="reference"/> names another.</param>
    /// <param name="allPairs">Every side against every earlier one, instead of each against the reference.</param>
    public static ComparisonResult Compare(
        IReadOnlyList<Contender> sides, IReadOnlyList<ComparedMetric> metrics, Contender? reference = null, bool allPairs = false)
    {
        var against = reference ?? sides[0];
        List<(Contender Reference, Contender Subject)> pairs = allPairs
            ? [.. sides.SelectMany((side, i) => sides.Skip(i + 1).Select(later => (side, later)))]
            : [.. sides.Where(side => side != against).Select(side => (against, side))];
        return new(
            ComparisonResult.Schema,
            ExperimentResult.Lem,
            allPairs ? null : against.Name,
            [.. sides.Select(side => side.Describe())],
            [.. metrics.Select(metric => Compare(metric, sides, pairs))],
            [.. Comparability.Doubts(sides)]);
    }

    static MetricComparison Compare(ComparedMetric metric, IReadOnlyList<Contender> sides, List<(Contender Reference, Contender Subject)> pairs)
    {
        var samples = sides.ToDictionary(side => side.Name, side => MetricSample.Of(metric, side.Windows));
        List<PairedSamples> tests =
            [.. pairs.Select(pair => PairedSamples.Of(metric, pair.Reference, samples[pair.Reference.Name], pair.Subject, samples[pair.Subject.Name]))];
        double[] p = [.. tests.Select(test => test.Difference?.P).OfType<double>()];
        var (adjusted, levels) = (new Queue<double>(Holm.Adjust(p)), new Queue<double>(Holm.Levels(p, Level)));
        return new(
            metric.Path,
            metric.Unit,
            [.. sides.Select(side => samples[side.Name].Describe(side.Name))],
            [.. tests.Select(test => test.Difference is null ? test.Untested() : test.Tested(adjusted.Dequeue(), levels.Dequeue()))]);
    }
}
