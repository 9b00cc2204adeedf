using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class SettledRuleTests
{
    static SettledRule Judge(Func<int, double> watts) => SettledRule.Judge([.. Enumerable.Range(0, SettledRule.Blocks).Select(watts)]);

    [Fact]
    public void Constant_power_is_settled_and_its_mean_is_exact()
    {
        var rule = Judge(_ => 42);

        Assert.True(rule.Settled);
        Assert.Equal(42, rule.MeanWatts, 9);
        Assert.Equal(0, rule.VarianceOfMean, 9);
    }

    [Fact]
    public void A_drift_of_more_than_a_percent_is_not_settled()
    {
        // 100 W with 2 W from the first to the last block's outer edges.
        var rule = Judge(i => 99 + (2 * (i + 0.5) / 10));

        Assert.False(rule.Settled);
        Assert.Equal(2, rule.DriftWatts, 9);
    }

    [Fact]
    public void Half_a_watt_is_allowed_on_small_devices()
    {
        Assert.True(Judge(i => 10 + (0.4 * i / 10)).Settled);
        Assert.False(Judge(i => 10 + (0.7 * i / 10)).Settled);
    }

    [Fact]
    public void Noise_that_hides_a_drift_is_not_settled() => Assert.False(Judge(i => 20 + (i % 2 == 0 ? 1.5 : -1.5)).Settled);

    [Fact]
    public void The_variance_of_the_mean_is_that_of_the_blocks_by_their_number()
        => Assert.Equal(1.0 * 10 / 9 / 10, Judge(i => i % 2 == 0 ? 101 : 99).VarianceOfMean, 9);
}
