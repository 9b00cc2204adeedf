using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class IdleBaselineTests
{
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    readonly ManualClock _clock = new();

    async Task<IdleBaseline> Measure(EnergyChannel channel, bool counter, bool power, Action<SimulatedSensor, double> play)
    {
        var sensor = new SimulatedSensor(_clock, channel, counter, power);
        using var meter = new EnergyMeter([sensor], _clock);
        play(sensor, 0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var start = _clock.GetTimestamp();
        using var sampler = _clock.Every(
            () =>
            {
                play(sensor, (_clock.GetTimestamp() - start) / 1e9);
                meter.Sample();
            },
            meter.TickPeriod);
        return await IdleBaseline.MeasureAsync(meter, Duration, _clock, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Settled_idle_power_is_measured_in_its_duration(bool counter, bool power)
    {
        var baseline = await Measure(SimulatedSensor.Gpu(100, 100), counter, power, (gpu, _) => gpu.Draw(62));
        var idle = Assert.Single(baseline.Channels);

        Assert.True(idle.Settled);
        Assert.InRange(idle.Mean!.Value.Value, 61.9, 62.1);
        Assert.Equal(Duration, baseline.Waited);
        Assert.Empty(baseline.Findings);
    }

    [Fact]
    public async Task Power_that_falls_after_a_load_is_waited_for()
    {
        var baseline = await Measure(SimulatedSensor.Gpu(100, 100), false, true, (gpu, t) => gpu.Draw(t < 8 ? 90 - (5 * t) : 50));

        Assert.True(baseline.Channels[0].Settled);
        Assert.InRange(baseline.Channels[0].Mean!.Value.Value, 49.5, 50.5);
        Assert.InRange(baseline.Waited.TotalSeconds, 11, 16);
    }

    [Fact]
    public async Task Power_that_never_settles_is_taken_after_a_minute_with_a_finding()
    {
        var baseline = await Measure(SimulatedSensor.Gpu(100, 100), false, true, (gpu, t) => gpu.Draw(50 + t));

        Assert.False(baseline.Channels[0].Settled);
        Assert.Equal("idle_not_settled", Assert.Single(baseline.Findings).Code);
        Assert.True(baseline.Channels[0].VarianceOfMean > 0);
        Assert.Equal(65, baseline.Waited.TotalSeconds, 0);
    }

    [Fact]
    public async Task An_estimate_has_no_idle_and_nobody_waits_for_it()
    {
        var baseline = await Measure(SimulatedSensor.Package with { Method = EnergyMethod.Estimated }, true, false, (cpu, _) => cpu.Draw(8));

        Assert.Equal((null, "estimated_domain_has_no_idle"), (baseline.Channels[0].Mean, baseline.Channels[0].Reason));
        Assert.Equal(TimeSpan.Zero, baseline.Waited);
    }

    [Fact]
    public async Task A_device_that_cannot_be_read_has_a_reason_and_no_idle()
    {
        var baseline = await Measure(SimulatedSensor.Gpu(100, 100), true, true, (gpu, _) => gpu.Failure = ReadFailure.NoPermission);

        Assert.Equal((null, "read_no_permission"), (baseline.Channels[0].Mean, baseline.Channels[0].Reason));
    }
}
