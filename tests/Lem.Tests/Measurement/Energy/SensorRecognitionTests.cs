using Lem.Measurement.Energy;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public sealed class SensorRecognitionTests : IDisposable
{
    readonly NvmlScenario _gpus = new(devices: 1);
    readonly VirtualClock _clock = new();

    public void Dispose() => _gpus.Dispose();

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.02)]
    [InlineData(0.05)]
    public void The_period_is_the_lowest_mode_of_the_gaps_between_new_values(double period)
    {
        double[] steps = [1, 1, 2, 1, 3, 1, 1, 4, 1, 1, 2, 1];
        var at = 0.0;
        double[] changes = [.. steps.Select((step, i) => (at += step * period) + (i % 3 * 0.001))];

        Assert.InRange(SensorRecognition.UpdateSeconds(changes) ?? 0, period * 0.95, period * 1.05);
    }

    [Theory]
    [InlineData("counter 1")]
    [InlineData("counter 0")]
    public void A_chip_no_table_knows_is_measured_by_what_its_readings_show(string counter)
    {
        _gpus.Tell(0, $"name Tomorrow 9000");
        _gpus.Tell(0, $"{counter}");

        var energy = Measure();

        Assert.InRange(energy.Energy?.Value ?? 0, 2500 * 0.99, 2500 * 1.01);
        Assert.InRange(energy.Integral.UpdateSeconds ?? 0, 0.09, 0.11);
    }

    [Theory]
    [InlineData("Tomorrow 9000")]
    [InlineData("NVIDIA A100-SXM4-80GB")]
    public void A_reading_that_is_the_mean_of_a_second_is_recognised_by_its_slow_fall(string name)
    {
        _gpus.Tell(0, $"name {name}");
        _gpus.Tell(0, $"counter 0");
        _gpus.Tell(0, $"window 1");

        var energy = Measure();

        Assert.Equal(1, energy.Integral.WindowSeconds);
        Assert.InRange(energy.Energy?.Value ?? 0, 2500 * 0.99, 2500 * 1.01);
        Assert.Equal(name.Contains("A100", StringComparison.Ordinal), energy.Findings.Any(f => f.Code == "sensor_window_unexpected"));
    }

    [Theory]
    [InlineData("a100", 110)]
    [InlineData("a100", 150)]
    [InlineData("p100", 130)]
    public void A_card_that_stays_warm_after_its_load_is_not_taken_for_a_mean_of_a_second(string profile, double watts)
    {
        _gpus.Profile(0, profile);
        _gpus.Tell(0, $"counter 0");

        var energy = Measure(watts, tailWatts: 27);

        Assert.NotEqual(1, energy.Integral.WindowSeconds);
        Assert.DoesNotContain(energy.Findings, f => f.Code == "sensor_window_unexpected");
    }

    DomainEnergy Measure(double watts = 250, double tailWatts = 0)
    {
        _gpus.Power(0, 60);
        _gpus.Tell(0, $"noise 0.2");
        using var meter = new EnergyMeter([NvmlEnergySource.Open(new EnergyOptions(["0"], NvmlLibrary: _gpus.Path), _clock, [], [])!], _clock);
        SampleUntil(meter, 5.03);
        _gpus.Power(0, watts);
        SampleUntil(meter, 15.03);
        _gpus.Power(0, 60 + tailWatts);
        SampleUntil(meter, 16.53);
        _gpus.Power(0, 60);
        SampleUntil(meter, 19);
        return Assert.Single(WindowEnergy.Compute(meter.Trace, 5_030_000_000, 15_030_000_000));
    }

    void SampleUntil(EnergyMeter meter, double seconds)
    {
        for (; _clock.Nanoseconds < (long)(seconds * 1e9); _clock.Nanoseconds += (long)(meter.TickPeriod.TotalSeconds * 1e9))
        {
            _gpus.SetTime(_clock.Nanoseconds);
            meter.Sample();
        }

        _gpus.SetTime(_clock.Nanoseconds = (long)(seconds * 1e9));
    }
}
