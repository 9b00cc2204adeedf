using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Metrics;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Metrics;

public class GapHistogramTests
{
    [Fact]
    public void Nothing_added_means_nothing_known()
    {
        var summary = new GapHistogram().SummariseMs();

        Assert.Equal(0, summary.N);
        Assert.Null(summary.Mean);
        Assert.Null(summary.P50);
    }

    [Fact]
    public void Its_figures_are_those_of_the_values_themselves() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<uint>>(),
                sample =>
                {
                    // Up to 16 s: some beyond the last bin.
                    double[] values = [.. sample.Get.Select(v => (double)(v * 7919 % 16_000_000))];
                    var histogram = new GapHistogram();
                    foreach (var value in values)
                        histogram.Add(value);
                    var sorted = Descriptive.Sorted(values);
                    var summary = histogram.SummariseMs();
                    return Close(summary.Mean, Descriptive.Mean(values) / 1e3)
                        && Close(summary.Sd ?? 0, (Descriptive.StandardDeviation(values) ?? 0) / 1e3)
                        && Close(summary.P50, Quantile.OfSorted(sorted, 0.5) / 1e3)
                        && Close(summary.P99, Quantile.OfSorted(sorted, 0.99) / 1e3)
                        && Close(summary.Max, sorted[^1] / 1e3);
                })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whole_microseconds_added_together_are_the_same_as_one_by_one() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<uint[][]>(),
                requests =>
                {
                    var (together, single) = (new GapHistogram(), new GapHistogram());
                    foreach (var request in requests)
                    {
                        int[] gaps = [.. request.Select(v => (int)(v * 7919 % 16_000_000))];
                        together.Add(gaps);
                        foreach (var gap in gaps)
                            single.Add(gap);
                    }

                    var (expected, actual) = (single.SummariseMs(), together.SummariseMs());
                    return expected.N == actual.N
                        && (expected.N == 0 || (Close(actual.Mean, expected.Mean) && Close(actual.Sd ?? 0, expected.Sd ?? 0)))
                        && (expected.Min, expected.P50, expected.P99, expected.Max) == (actual.Min, actual.P50, actual.P99, actual.Max);
                })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_values_have_no_deviation_however_large()
    {
        var histogram = new GapHistogram();
        histogram.Add(3_600_000_000.25, times: 1_000_000);

        Assert.Equal(0, histogram.SummariseMs().Sd);
    }

    static bool Close(double? actual, double? expected) => Math.Abs(actual!.Value - expected!.Value) <= 1e-9 * (1 + Math.Abs(expected.Value)) * 1e3;
}
