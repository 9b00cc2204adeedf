using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class BootstrapTests
{
    static readonly double[] Skewed = [1, 1, 2, 2, 3, 3, 4, 5, 8, 21];

    [Fact]
    public void Equal_seeds_give_equal_intervals()
    {
        Assert.Equal(Bootstrap.BcaOfMean(Skewed, seed: 7), Bootstrap.BcaOfMean(Skewed, seed: 7));
        Assert.NotEqual(Bootstrap.BcaOfMean(Skewed, seed: 7), Bootstrap.BcaOfMean(Skewed, seed: 8));
    }

    [Fact]
    public void The_percentile_interval_of_many_normal_values_is_mean_plus_minus_1_96_standard_errors()
    {
        var values = EffectiveSampleSizeTests.Autoregressive(2_000, 0, seed: 3);
        var half = 1.96 * Descriptive.StandardDeviation(values)!.Value / Math.Sqrt(values.Length);

        var interval = Bootstrap.PercentileOfMean(values, resamples: 2_000).Interval!;

        Assert.Equal(2 * half, interval.High - interval.Low, 0.1 * half);
        Assert.Equal(Descriptive.Mean(values)!.Value, (interval.Low + interval.High) / 2, 0.1 * half);
    }

    [Fact]
    public void Bca_moves_towards_the_long_tail()
    {
        var percentile = Bootstrap.PercentileOfMean(Skewed).Interval!;
        var bca = Bootstrap.BcaOfMean(Skewed).Interval!;

        Assert.True(bca.Low > percentile.Low && bca.High > percentile.High);
    }

    [Fact]
    public void Constant_values_have_an_interval_without_width()
    {
        var interval = Bootstrap.BcaOfMean([5, 5, 5, 5]).Interval!;

        Assert.Equal((5, 5), (interval.Low, interval.High));
    }

    [Fact]
    public void One_value_has_none() => Assert.Equal("too_few_samples", Bootstrap.PercentileOfMean([5]).Reason);

    [Fact]
    public void Of_a_ratio_it_draws_pairs_together()
    {
        var interval = Bootstrap.Percentile([2, 4, 6], [1, 2, 3]).Interval!;

        Assert.Equal((2, 2), (interval.Low, interval.High));
    }
}
