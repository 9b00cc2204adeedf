using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class AliasRiskTests
{
    [Fact]
    public void A_load_in_step_with_a_part_time_sensor_may_be_missed_whole() =>
        Assert.InRange(AliasRisk.Of(0.1, 0.025, 60, [0.1]) ?? 0, 0.5, 1);

    [Fact]
    public void A_sensor_that_always_looks_misses_nothing() =>
        Assert.Equal(0, AliasRisk.Of(0.1, 0.1, 60, [0.1]) ?? 1, 9);

    [Fact]
    public void A_load_whose_period_fits_the_averaging_window_is_seen_whole() =>
        Assert.Equal(0, AliasRisk.Of(0.1, 0.025, 5, [0.025]) ?? 1, 9);

    [Fact]
    public void A_longer_window_helps_where_load_and_sensor_drift_past_each_other()
    {
        Assert.True(AliasRisk.Of(0.1, 0.025, 5, [0.033]) > AliasRisk.Threshold);
        Assert.True(AliasRisk.Of(0.1, 0.025, 60, [0.033]) < AliasRisk.Threshold);
    }

    [Fact]
    public void The_worst_of_several_periods_counts() =>
        Assert.Equal(AliasRisk.Of(0.1, 0.025, 5, [0.1]), AliasRisk.Of(0.1, 0.025, 5, [0.025, 0.1]));

    [Fact]
    public void Without_a_known_period_nothing_is_said() => Assert.Null(AliasRisk.Of(0.1, 0.025, 5, []));
}
