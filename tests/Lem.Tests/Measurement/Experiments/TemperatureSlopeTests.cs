using Lem.Measurement.Experiments;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public class TemperatureSlopeTests
{
    [Fact]
    public void A_degree_every_two_seconds_is_half_a_degree_per_second() =>
        Assert.Equal(0.5, TemperatureSlope.Of([.. Enumerable.Range(0, 20).Select(i => (i / 2.0, 40 + i / 4.0))]) ?? double.NaN, 9);

    [Fact]
    public void A_single_step_of_a_whole_degree_in_ten_seconds_is_no_warming() =>
        Assert.InRange(TemperatureSlope.Of([.. Enumerable.Range(0, 50).Select(i => (i / 5.0, i < 25 ? 60.0 : 61.0))]) ?? double.NaN, 0.1, 0.2);

    [Fact]
    public void Few_samples_tell_nothing() => Assert.Null(TemperatureSlope.Of([(0, 40), (1, 50), (2, 60), (3, 70)]));
}
