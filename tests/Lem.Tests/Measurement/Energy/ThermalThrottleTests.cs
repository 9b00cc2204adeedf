using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class ThermalThrottleTests
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    static ThrottleCounters Counters(long software = 0, long hardware = 0, long brake = 0, long cap = 0) => new(software, hardware, brake, cap, "time_counters");

    static GpuSample Sample(ulong? bits, int celsius = 60, long stamp = 0) => new(stamp, null, celsius, null, null, null, null, null, bits);

    [Fact]
    public void Time_counters_give_exact_fractions_of_the_window()
    {
        var gpu = ThermalThrottle.Judge("gpu:x", Counters(1_000_000_000), Counters(1_500_000_000, 700_000_000, 0, 4_000_000_000), [], Window);

        Assert.Equal(0.05, gpu.SoftwareThermalFraction!.Value, 9);
        Assert.Equal(0.07, gpu.HardwareThermalFraction!.Value, 9);
        Assert.Equal(0.12, gpu.ThermalFraction!.Value, 9);
        Assert.Equal(0, gpu.PowerBrakeFraction!.Value, 9);
        Assert.Equal(0.4, gpu.PowerCappedFraction!.Value, 9);
        Assert.Equal("time_counters", gpu.Method);
    }

    [Fact]
    public void With_one_of_the_thermal_counters_missing_the_reason_bits_tell_of_heat()
    {
        var without = new ThrottleCounters(0, null, 0, 0, "time_counters");

        var gpu = ThermalThrottle.Judge("gpu:x", without, without, [Sample(ThrottleBits.HardwareThermal), Sample(0), Sample(0), Sample(0)], Window);

        Assert.Equal(0.25, gpu.ThermalFraction!.Value, 9);
    }

    [Fact]
    public void Samples_that_were_folded_together_weigh_as_many_as_they_were()
    {
        var gpu = ThermalThrottle.Judge("gpu:x", null, null, [Sample(ThrottleBits.HardwareThermal), Sample(0) with { Folded = 7 }], Window);

        Assert.Equal(0.125, gpu.ThermalFraction!.Value, 9);
    }

    [Theory]
    [InlineData(0.0, "negligible")]
    [InlineData(0.009, "negligible")]
    [InlineData(0.01, "note")]
    [InlineData(0.1, "warning")]
    [InlineData(0.5, "warning")]
    [InlineData(0.51, "invalid")]
    [InlineData(null, null)]
    public void Bands_are_those_of_the_field(double? fraction, string? band) => Assert.Equal(band, ThermalThrottle.Band(fraction));

    [Fact]
    public void Without_counters_the_share_of_samples_with_the_bit_counts()
    {
        var gpu = ThermalThrottle.Judge(
            "gpu:x", null, null,
            [Sample(0), Sample(ThrottleBits.HardwareThermal, 80, 5), Sample(ThrottleBits.HardwareSlowdown, 72), Sample(ThrottleBits.SoftwarePowerCap, 75)], Window);

        Assert.Equal((0.25, 0.25, 0.25, 0.0, "reason_bits"), (gpu.ThermalFraction!.Value, gpu.HardwareSlowdownFraction!.Value, gpu.PowerCappedFraction!.Value, gpu.PowerBrakeFraction!.Value, gpu.Method));
        Assert.Equal((80, 15), (gpu.MaxTemperatureCelsius!.Value, gpu.TemperatureRiseCelsius!.Value));
        Assert.Equal([5L], gpu.SlowStamps);
    }

    [Fact]
    public void Heat_by_hardware_is_heat() => Assert.True(Summary(Counters(hardware: 2_000_000_000)).Thermal);

    [Fact]
    public void Time_at_the_power_cap_is_no_fault()
    {
        var gpu = ThermalThrottle.Judge("gpu:x", Counters(), Counters(cap: 9_000_000_000), [], Window);

        Assert.Empty(ThrottleReport.Doubts(gpu));
        Assert.Equal((false, true), (Summary(Counters(cap: 9_000_000_000)).Detected!.Value, Summary(Counters(cap: 9_000_000_000)).Power!.Value));
    }

    [Fact]
    public void Doubts_weigh_as_much_as_their_band()
    {
        FindingSeverity Severity(long nanoseconds) => ThrottleReport.Doubts(ThermalThrottle.Judge("gpu:x", Counters(), Counters(nanoseconds), [], Window)).Single().Severity;

        Assert.Equal(FindingSeverity.Info, Severity(500_000_000));
        Assert.Equal(FindingSeverity.Warning, Severity(2_000_000_000));
        Assert.Equal(FindingSeverity.Invalid, Severity(6_000_000_000));
    }

    [Fact]
    public void A_counter_that_fell_tells_nothing()
        => Assert.Null(ThermalThrottle.Judge("gpu:x", Counters(5), Counters(0), [], Window).SoftwareThermalFraction);

    [Fact]
    public void No_GPU_is_null_with_a_reason()
    {
        var none = ThrottleReport.Summarise([], Window, _ => 0);

        Assert.Equal((null, "no_gpu"), (none.Detected, none.Reason));
    }

    static ThermalThrottleInfo Summary(ThrottleCounters after) =>
        ThrottleReport.Summarise([ThermalThrottle.Judge("gpu:x", Counters(), after, [], Window)], Window, stamp => stamp);
}
