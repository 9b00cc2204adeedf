using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class TruncationPointTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(200)]
    public void A_ramp_before_a_plateau_is_cut_off(int ramp)
    {
        var random = new Random(2);
        double[] series = [.. Enumerable.Range(0, 500).Select(i => (ramp > 0 ? Math.Min(1.0, i / (double)ramp) : 1) * 100 + random.NextDouble())];

        Assert.InRange(TruncationPoint.Mser5(series) ?? -1, ramp * 0.9 - 10, ramp + 25);
    }

    [Fact]
    public void A_series_that_rises_to_its_end_has_no_steady_part() =>
        Assert.Null(TruncationPoint.Mser5([.. Enumerable.Range(0, 500).Select(i => (double)i)]));

    [Fact]
    public void Fewer_than_ten_means_of_five_are_not_judged() => Assert.Null(TruncationPoint.Mser5(new double[49]));
}
