using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class PartsEnergyTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void Prefill_and_decode_are_told_apart_and_make_up_the_whole()
    {
        var package = new SimulatedSensor(_clock, SimulatedSensor.Package, true, false);
        using var meter = new EnergyMeter([package], _clock);
        package.Draw(20);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(2));
        List<(long, long)> prefill = [], decode = [];
        for (var i = 0; i < 4; i++)
        {
            prefill.Add(Stretch(package, 150, 0.5));
            decode.Add(Stretch(package, 80, 1.5));
        }

        package.Draw(20);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var whole = WindowEnergy.Compute(meter.Trace, prefill[0].Item1, decode[^1].Item2)[0].Energy!.Value.Value;
        var first = PartsEnergy.Compute(meter.Trace, prefill)[0].Energy!.Value.Value;
        var second = PartsEnergy.Compute(meter.Trace, decode)[0].Energy!.Value.Value;

        Assert.Equal(4 * 0.5 * 150, first, 6);
        Assert.Equal(4 * 1.5 * 80, second, 6);
        Assert.Equal(whole, first + second, 6);
    }

    [Fact]
    public void Parts_shorter_than_the_sensor_can_see_are_refused()
    {
        var gpu = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 25), true, true);
        using var meter = new EnergyMeter([gpu], _clock);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var part = Stretch(gpu, 300, 0.02);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("phase_shorter_than_sensor_period", PartsEnergy.Compute(meter.Trace, [part])[0].Reason);
    }

    (long, long) Stretch(SimulatedSensor sensor, double watts, double seconds)
    {
        sensor.Draw(watts);
        var start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return (start, _clock.GetTimestamp());
    }
}
