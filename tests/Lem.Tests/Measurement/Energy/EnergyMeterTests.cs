using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class EnergyMeterTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void A_hundred_watts_for_ten_seconds_are_a_thousand_joules()
    {
        var sensor = new SimulatedSensor(_clock, SimulatedSensor.Package, counter: true, power: false);
        using var meter = new EnergyMeter([sensor], _clock);
        sensor.Draw(100);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);

        _clock.Advance(TimeSpan.FromSeconds(2));
        var open = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(10));
        var close = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(2));
        var energy = Assert.Single(WindowEnergy.Compute(meter.Trace, open, close));

        Assert.Equal(1000, energy.Energy!.Value.Value, 6);
        Assert.Equal((EnergyMethod.Counter, "good"), (energy.Method, energy.Quality));
        Assert.Equal(0, energy.Uncertainty!.Value.Value, 6);
    }

    [Fact]
    public void A_thousand_joules_are_a_thousand_wherever_the_edges_fall_between_ticks()
    {
        var sensor = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 25), counter: true, power: true);
        using var meter = new EnergyMeter([sensor], _clock);
        sensor.Draw(100);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);

        _clock.Advance(TimeSpan.FromMilliseconds(2_037));
        var open = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(10));
        var close = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(3));
        var energy = Assert.Single(WindowEnergy.Compute(meter.Trace, open, close));

        Assert.Equal(1000, energy.Counter.Energy!.Value.Value, 6);
        Assert.Equal(1000, energy.Integral.Energy!.Value.Value, 6);
        Assert.Equal(50, energy.SystematicBand?.Value ?? 0, 9);
    }

    [Fact]
    public void Sensors_are_polled_at_half_their_period_within_bounds()
    {
        TimeSpan Period(EnergyChannel channel)
        {
            using var meter = new EnergyMeter([new SimulatedSensor(_clock, channel, true, true)], _clock);
            return meter.TickPeriod;
        }

        Assert.Equal(TimeSpan.FromMilliseconds(50), Period(SimulatedSensor.Gpu(100, 25)));
        Assert.Equal(TimeSpan.FromMilliseconds(10), Period(SimulatedSensor.Gpu(1, 1)));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Period(SimulatedSensor.Gpu(1000, 1000)));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Period(SimulatedSensor.Package with { Method = EnergyMethod.Estimated }));
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        using var meter = new EnergyMeter([new FlatSource("cpu:0"), new FlatSource("cpu:1")], _clock);
        meter.Sample();
        meter.PrepareAhead();

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 1_000; i++)
                meter.Sample();
        }));
    }

    [Fact]
    public void Readings_of_all_sources_stand_side_by_side_in_the_trace()
    {
        var cpu = new SimulatedSensor(_clock, SimulatedSensor.Package, true, false);
        var gpu = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 100), true, true);
        using var meter = new EnergyMeter([cpu, gpu], _clock);
        cpu.Draw(10);
        gpu.Draw(300);
        using var sampler = _clock.Every(meter.Sample, TimeSpan.FromMilliseconds(50));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["cpu:0", "gpu:x"], meter.Channels.Select(channel => channel.Device));
        Assert.Equal(10, meter.Trace.Series(0, 0, long.MaxValue).Points[^1].EnergyJoules, 9);
        Assert.Equal(300, meter.Trace.Series(1, 0, long.MaxValue).Points[^1].PowerWatts, 9);
    }

    [Fact]
    public void A_window_that_began_before_the_oldest_reading_kept_says_so()
    {
        var trace = new EnergyTrace([SimulatedSensor.Package], _clock, maxChunks: 10);
        for (var tick = 0; tick < 11_000; tick++)
        {
            trace.Log.Next()[0] = new EnergyReading(_clock.GetTimestamp(), _clock.GetTimestamp(), tick, double.NaN);
            trace.Log.Publish();
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        var close = _clock.GetTimestamp() - trace.Stamps(1);
        Assert.Equal(1000, WindowEnergy.Compute(trace, close - trace.Stamps(10), close)[0].Energy!.Value.Value, 6);
        Assert.Equal("trace_truncated", WindowEnergy.Compute(trace, close - trace.Stamps(100), close)[0].Reason);
    }

    sealed class FlatSource(string device) : IEnergySource
    {
        public string Name => "flat";

        public IReadOnlyList<EnergyChannel> Channels { get; } = [SimulatedSensor.Package with { Device = device }];

        public void Read(Span<EnergyReading> readings) => readings[0] = new EnergyReading(1, 2, 3, 4);

        public void Dispose()
        {
        }
    }
}
