using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class StudentIntervalTests
{
    [Theory]
    [InlineData(1, 12.7062047362)]
    [InlineData(2, 4.3026527297)]
    [InlineData(9, 2.2621571629)]
    [InlineData(28, 2.0484071418)]
    [InlineData(1000, 1.9623390808)]
    public void The_factor_is_exact_at_every_size(double degrees, double expected) =>
        Assert.Equal(expected, StudentInterval.Factor(degrees), 1e-8);

    [Fact]
    public void Three_values_with_deviation_one_give_2_484()
    {
        var interval = StudentInterval.OfMean([9, 10, 11]).Interval!;

        Assert.Equal(10 - 2.484, interval.Low, 5e-4);
        Assert.Equal(10 + 2.484, interval.High, 5e-4);
    }

    [Fact]
    public void One_value_has_no_interval() => Assert.Equal("too_few_samples", StudentInterval.OfMean([10]).Reason);

    [Fact]
    public void A_shared_baseline_enters_once()
    {
        // s²/n = 1/3; with 1 W² of shared variance over one second: √(1/3 + 1), at (4/3)² ÷ ((1/3)²/2) = 32 degrees.
        var interval = StudentInterval.OfMeanWithSharedPart([9, 10, 11], new EstimatedVariance(1)).Interval!;

        Assert.Equal(2.0369333435 * Math.Sqrt(4.0 / 3), interval.High - 10, 1e-8);
    }

    [Fact]
    public void A_series_worth_fewer_than_thirty_values_has_no_interval()
    {
        double[] series = [.. Enumerable.Range(0, 100)];

        Assert.Equal("too_few_independent_samples", StudentInterval.OfSeriesMean(series, 29.9).Reason);
        Assert.NotNull(StudentInterval.OfSeriesMean(series, 30).Interval);
    }

    [Fact]
    public void Shifting_and_scaling_the_values_shifts_and_scales_the_interval() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(NonEmptyArray<short>, short, byte)>(),
                input =>
                {
                    double[] values = [.. input.Item1.Get.Select(v => (double)v), 17];
                    double[] moved = [.. values.Select(v => v * (input.Item3 + 1) + input.Item2)];
                    var before = StudentInterval.OfMean(values).Interval!;
                    var after = StudentInterval.OfMean(moved).Interval!;
                    return Math.Abs(before.Low * (input.Item3 + 1) + input.Item2 - after.Low) < 1e-6 * (1 + Math.Abs(after.Low) + Math.Abs(after.High));
                })
            .QuickCheckThrowOnFailure();
}
