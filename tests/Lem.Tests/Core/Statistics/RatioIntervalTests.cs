using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class RatioIntervalTests
{
    [Fact]
    public void The_ratio_is_of_sums_and_not_the_mean_of_ratios() => Assert.Equal(0.5, RatioInterval.Ratio([1, 9], [10, 10]));

    [Fact]
    public void Known_jackknife_of_three_pairs()
    {
        // Σx/Σy = 6/12; each pair left out once: 5/9, 4/8, 3/7.
        var interval = RatioInterval.Jackknife([1, 2, 3], [3, 4, 5]).Interval!;
        double[] without = [5.0 / 9, 4.0 / 8, 3.0 / 7];
        var mean = without.Average();
        var half = 4.3026527297 * Math.Sqrt(2.0 / 3 * without.Sum(w => (w - mean) * (w - mean)));
        Assert.Equal(0.5 - half, interval.Low, 1e-9);
        Assert.Equal(0.5 + half, interval.High, 1e-9);
    }

    [Fact]
    public void With_equal_denominators_it_is_the_t_interval_of_the_mean() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<short>>(),
                sample =>
                {
                    double[] energies = [.. sample.Get.Select(v => (double)v), 3];
                    var ratio = RatioInterval.Jackknife(energies, [.. energies.Select(_ => 100.0)]).Interval!;
                    var mean = StudentInterval.OfMean([.. energies.Select(e => e / 100)]).Interval!;
                    return Math.Abs(ratio.Low - mean.Low) < 1e-6 && Math.Abs(ratio.High - mean.High) < 1e-6;
                })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_denominator_means_no_interval()
    {
        Assert.Null(RatioInterval.Ratio([1, 2], [0, 0]));
        Assert.Equal("degenerate_resamples", RatioInterval.Jackknife([1, 2], [0, 5]).Reason);
    }

    [Fact]
    public void A_series_of_proportional_pairs_has_no_width()
    {
        double[] tokens = [.. Enumerable.Range(1, 40)];

        var interval = RatioInterval.OfSeries([.. tokens.Select(t => 2 * t)], tokens).Interval!;

        Assert.Equal(2, interval.Low, 1e-12);
        Assert.Equal(2, interval.High, 1e-12);
    }
}
