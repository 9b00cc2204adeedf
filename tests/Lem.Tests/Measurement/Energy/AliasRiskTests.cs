using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class AliasRiskTests
{
    [Fact]
    public void A_load_in_step_with_a_part_time_sensor_may_be_missed_whole() =>
        Assert.InRange(Risk(0.1, 0.025, 60, 0.1) ?? 0, 0.5, 1);

    [Fact]
    public void A_sensor_that_always_looks_misses_nothing() =>
        Assert.Equal(0, Risk(0.1, 0.1, 60, 0.1) ?? 1, 9);

    [Fact]
    public void A_load_whose_period_fits_the_averaging_window_is_seen_whole() =>
        Assert.Equal(0, Risk(0.1, 0.025, 5, 0.025) ?? 1, 9);

    [Fact]
    public void A_longer_window_helps_where_load_and_sensor_drift_past_each_other()
    {
        Assert.True(Risk(0.1, 0.025, 5, 0.033) > AliasRisk.Threshold);
        Assert.True(Risk(0.1, 0.025, 60, 0.033) < AliasRisk.Threshold);
    }

    [Fact]
    public void Two_paces_each_for_half_of_the_window_are_both_counted_and_their_mean_is_neither()
    {
        var both = AliasRisk.Of(0.1, 0.025, 20, [new(0.1, 10), new(0.05, 10)]) ?? 0;

        Assert.InRange(both, 0.3, 1);
        Assert.InRange(Risk(0.1, 0.025, 20, 0.075) ?? 1, 0, 0.05);
    }

    [Fact]
    public void Without_a_known_period_nothing_is_said() => Assert.Null(AliasRisk.Of(0.1, 0.025, 5, []));

    static double? Risk(double update, double averaging, double window, double period) => AliasRisk.Of(update, averaging, window, [new(period, window)]);
}
