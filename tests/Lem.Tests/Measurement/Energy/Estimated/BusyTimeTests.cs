using System.Text;
using Lem.Measurement.Energy.Estimated;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Estimated;

public class BusyTimeTests
{
    const string Stat = """
        cpu  999 999 999 999 999 999 999 999 0 0
        cpu0 100 10 40 5000 70 3 7 500 0 0
        cpu1 200 0 0 5000 0 0 0 0 0 0
        cpu12 900 0 0 0 0 0 0 0 0 0
        intr 12345
        """;

    static double Busy(params int[] cpus)
    {
        var chosen = new bool[16];
        foreach (var cpu in cpus)
            chosen[cpu] = true;
        return BusyTime.FromStat(Encoding.UTF8.GetBytes(Stat), chosen);
    }

    [Fact]
    public void Busy_is_user_nice_system_and_interrupts_without_idle_waiting_and_stolen()
        => Assert.Equal((100 + 10 + 40 + 3 + 7) / 100.0, Busy(0));

    [Fact]
    public void Only_the_chosen_processors_count() => Assert.Equal((160 + 900) / 100.0, Busy(0, 12));

    [Fact]
    public void A_processor_that_is_not_listed_is_no_zero() => Assert.Equal(double.NaN, Busy(5));

    [Fact]
    public void Group_usage_is_in_microseconds_or_nanoseconds()
    {
        Assert.Equal(2.5, BusyTime.FromUsage("usage_usec 2500000\nuser_usec 1\n"u8));
        Assert.Equal(2.5, BusyTime.FromUsage("2500000000\n"u8));
        Assert.Equal(double.NaN, BusyTime.FromUsage("?"u8));
    }
}
