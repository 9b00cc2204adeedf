using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

[Collection(WholeProcess.Name)]
public sealed class LongWindowTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void A_day_at_a_tenth_of_a_second_fits_in_memory_and_its_energy_is_as_exact_as_a_minutes()
    {
        var sensors = Enumerable.Range(0, 4).Select(i => new SimulatedSensor(
            _clock, SimulatedSensor.Gpu(200, 100) with { Device = $"gpu:{i}" }, counter: i % 2 == 0, power: true)).ToList();
        using var meter = new EnergyMeter(sensors, _clock);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        using var writer = _clock.Every(meter.PrepareAhead, TimeSpan.FromSeconds(30));
        sensors.ForEach(sensor => sensor.Draw(60));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (before, open) = (GC.GetTotalMemory(forceFullCollection: true), _clock.GetTimestamp());
        meter.Trace.KeepHere();
        sensors.ForEach(sensor => sensor.Draw(250));
        _clock.Advance(TimeSpan.FromHours(24));
        var close = _clock.GetTimestamp();
        meter.Trace.KeepHere();
        sensors.ForEach(sensor => sensor.Draw(60));
        _clock.Advance(TimeSpan.FromSeconds(10));

        var energies = WindowEnergy.Compute(meter.Trace, open, close);

        // What earlier tests let go of meanwhile may make it less than nothing.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100 << 20);
        Assert.All(energies, energy => Assert.Equal(250.0 * 24 * 3600, energy.Energy!.Value.Value, 100.0));
        Assert.All(energies, energy => Assert.InRange(energy.Uncertainty!.Value.Value, 0, 100));
    }
}
