using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class SensorTimingTests
{
    [Theory]
    [InlineData("NVIDIA A100-SXM4-80GB", 100, 25)]
    [InlineData("NVIDIA H100 80GB HBM3", 100, 25)]
    [InlineData("Tesla V100-SXM2-16GB", 20, 10)]
    [InlineData("NVIDIA GeForce RTX 3090", 100, 100)]
    [InlineData("NVIDIA A10G", 100, 100)]
    [InlineData("NVIDIA RTX A4000", 100, 100)]
    [InlineData("NVIDIA L40S", 100, 100)]
    public void Known_chips_have_their_period_and_window(string name, double updateMs, double windowMs)
        => Assert.Equal((updateMs, windowMs), (SensorTiming.Instant(name).UpdatePeriod!.Value.TotalMilliseconds, SensorTiming.Instant(name).AveragingWindow!.Value.TotalMilliseconds));

    [Fact]
    public void Unknown_chips_have_neither() => Assert.Equal(default, SensorTiming.Instant("NVIDIA B9000"));

    [Fact]
    public void Plain_power_is_a_seconds_mean_on_Ampere_but_not_on_GA100()
    {
        Assert.Equal(1, SensorTiming.Usage("NVIDIA GeForce RTX 3090").AveragingWindow!.Value.TotalSeconds);
        Assert.Equal(0.025, SensorTiming.Usage("NVIDIA A100-SXM4-80GB").AveragingWindow!.Value.TotalSeconds);
    }
}
