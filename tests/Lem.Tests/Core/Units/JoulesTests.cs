using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Units;

public class JoulesTests
{
    [Fact]
    public void A_hundred_watts_for_ten_seconds_are_a_thousand_joules() =>
        Assert.Equal(new Joules(1000), new Watts(100) * TimeSpan.FromSeconds(10));

    [Fact]
    public void Energy_over_time_is_mean_power() =>
        Assert.Equal(new Watts(100), new Joules(1000) / TimeSpan.FromSeconds(10));

    [Fact]
    public void A_kilowatt_hour_is_three_point_six_megajoules() =>
        Assert.Equal(1, new Joules(3.6e6).KilowattHours);
}
