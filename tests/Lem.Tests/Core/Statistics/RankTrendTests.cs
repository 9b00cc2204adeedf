using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class RankTrendTests
{
    [Fact]
    public void A_series_that_only_rises_has_a_rank_correlation_of_one()
    {
        Assert.Equal(1, RankTrend.Of([.. Enumerable.Range(0, 100).Select(i => i * (double)i)]) ?? double.NaN, 12);
        Assert.Equal(-1, RankTrend.Of([.. Enumerable.Range(0, 25).Select(i => 1.0 / (i + 1))]) ?? double.NaN, 12);
    }

    [Fact]
    public void A_series_that_never_changes_has_no_trend() => Assert.Equal(0, RankTrend.Of([.. Enumerable.Repeat(3.0, 40)]));

    [Fact]
    public void Nine_values_have_no_ten_means() => Assert.Null(RankTrend.Of(new double[9]));

    [Fact]
    public void Independent_values_pass_the_limit_in_one_of_twenty_cases()
    {
        var random = new Random(5);
        var beyond = 0;
        for (var i = 0; i < 2000; i++)
            beyond += Math.Abs(RankTrend.Of([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())]) ?? 0) > RankTrend.Limit ? 1 : 0;

        Assert.InRange(beyond, 60, 140);
    }
}
