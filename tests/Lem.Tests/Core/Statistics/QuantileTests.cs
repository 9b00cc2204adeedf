using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class QuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Quantiles_are_those_of_type_7(double probability, double expected) =>
        Assert.Equal(expected, Quantile.OfSorted([1, 2, 3, 4], probability)!.Value, 1e-15);

    [Fact]
    public void An_empty_sample_has_no_quantile() => Assert.Null(Quantile.OfSorted([], 0.5));

    [Fact]
    public void Quantiles_grow_with_their_probability_and_stay_inside() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(NonEmptyArray<NormalFloat>, byte, byte)>(),
                input =>
                {
                    var sorted = Descriptive.Sorted([.. input.Item1.Get.Select(v => Math.IEEERemainder(v.Get, 1e12))]);
                    var low = Quantile.OfSorted(sorted, Math.Min(input.Item2, input.Item3) / 255.0);
                    var high = Quantile.OfSorted(sorted, Math.Max(input.Item2, input.Item3) / 255.0);
                    return low <= high && low >= sorted[0] && high <= sorted[^1];
                })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_median_of_a_hundred_lies_between_the_40th_and_the_61st()
    {
        double[] ranks = [.. Enumerable.Range(1, 100)];

        Assert.Equal(new ConfidenceInterval(40, 61, 0.95, "order_statistics"), Quantile.Interval(ranks, 0.5, 100).Interval);
    }

    [Fact]
    public void The_median_of_six_lies_between_its_extremes()
    {
        var interval = Quantile.Interval([1, 2, 3, 4, 5, 6], 0.5, 6).Interval;

        Assert.Equal((1, 6), (interval!.Low, interval.High));
    }

    [Theory]
    [InlineData(0.5, 6)]
    [InlineData(0.99, 368)]
    [InlineData(0.999, 3688)]
    public void Too_few_values_get_no_interval(double probability, int smallest)
    {
        double[] ranks = [.. Enumerable.Range(1, smallest)];

        Assert.Equal("too_few_independent_samples", Quantile.Interval(ranks.AsSpan(1), probability, smallest - 1).Reason);
        Assert.NotNull(Quantile.Interval(ranks, probability, smallest).Interval);
    }

    [Fact]
    public void Dependent_values_widen_the_interval()
    {
        double[] ranks = [.. Enumerable.Range(1, 1000)];

        var independent = Quantile.Interval(ranks, 0.5, 1000).Interval!;
        var dependent = Quantile.Interval(ranks, 0.5, 100).Interval!;

        Assert.Equal((400, 610), (dependent.Low, dependent.High));
        Assert.True(independent.Low > dependent.Low && independent.High < dependent.High);
    }
}
