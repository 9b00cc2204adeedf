using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class LinearTrendTests
{
    [Fact]
    public void A_straight_line_has_its_slope_without_doubt()
    {
        var trend = LinearTrend.Of([1, 3, 5, 7, 9])!;

        Assert.Equal(2, trend.Slope, 1e-12);
        Assert.Equal(0, trend.HalfWidth, 1e-6);
    }

    [Fact]
    public void Known_interval_of_four_points()
    {
        // Σxy = 4, Σx² = 5: slope 0.8; residual Σ = 5 − 0.8·4 = 1.8; t(2)·√(0.9/5).
        var trend = LinearTrend.Of([1, 3, 2, 4])!;

        Assert.Equal(0.8, trend.Slope, 1e-12);
        Assert.Equal(4.3026527297 * Math.Sqrt(0.18), trend.HalfWidth, 1e-8);
    }

    [Fact]
    public void Two_points_say_nothing_about_doubt() => Assert.Null(LinearTrend.Of([1, 2]));
}
