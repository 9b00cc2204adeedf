using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class WindowEnergyTests
{
    readonly ManualClock _clock = new();

    /// <summary>Idle at 50 W, then the play inside the window, then idle again; sampled throughout.</summary>
    (DomainEnergy Energy, double Truth) Measure(EnergyChannel channel, bool counter, bool power, Action<SimulatedSensor> play, double offsetMs = 37)
    {
        var sensor = new SimulatedSensor(_clock, channel, counter, power);
        using var meter = new EnergyMeter([sensor], _clock);
        sensor.Draw(50);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromMilliseconds(5_000 + offsetMs));
        var (open, before) = (_clock.GetTimestamp(), sensor.Joules(_clock.GetTimestamp() / 1e9));
        play(sensor);
        var (close, after) = (_clock.GetTimestamp(), sensor.Joules(_clock.GetTimestamp() / 1e9));
        sensor.Draw(50);
        _clock.Advance(TimeSpan.FromSeconds(5));
        return (WindowEnergy.Compute(meter.Trace, open, close)[0], after - before);
    }

    void Load(SimulatedSensor sensor, double watts, double seconds)
    {
        sensor.Draw(watts);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    void Square(SimulatedSensor sensor)
    {
        for (var i = 0; i < 12; i++)
            Load(sensor, i % 2 == 0 ? 300 : 100, 0.4);
    }

    void Ramp(SimulatedSensor sensor)
    {
        for (var i = 0; i < 100; i++)
            Load(sensor, 50 + (3 * i), 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(62)]
    [InlineData(99)]
    public void A_counter_is_within_a_percent_of_a_step_load_wherever_its_ticks_fall(double offsetMs)
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 25), true, true, s => Load(s, 300, 5), offsetMs);

        Assert.Equal(EnergyMethod.Counter, energy.Method);
        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
        Assert.InRange(Math.Abs(energy.Energy.Value.Value - truth), 0, energy.Uncertainty!.Value.Value);
        Assert.Empty(energy.Findings);
    }

    [Fact]
    public void A_boxcar_sensor_that_sees_all_the_time_is_exact_between_settled_idles()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 100, EnergyMethod.Integrated), false, true, Square);

        Assert.Equal((EnergyMethod.Integrated, "settled"), (energy.Method, energy.Integral.Form));
        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
        Assert.InRange(Math.Abs(energy.Energy.Value.Value - truth), 0, energy.Uncertainty!.Value.Value);
    }

    [Fact]
    public void A_sensor_that_averages_a_second_loses_nothing_past_the_windows_end()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 1000, EnergyMethod.Integrated), false, true, s => Load(s, 300, 3));

        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
    }

    [Fact]
    public void A_ramp_is_followed_by_both_methods()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 100), true, true, Ramp);

        Assert.InRange(energy.Counter.Energy!.Value.Value, truth * 0.99, truth * 1.01);
        Assert.InRange(energy.Integral.Energy!.Value.Value, truth * 0.99, truth * 1.01);
    }

    [Fact]
    public void A_restless_neighbour_makes_the_integral_less_certain_and_not_wrong()
    {
        var sensor = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 100, EnergyMethod.Integrated), counter: false, power: true);
        using var meter = new EnergyMeter([sensor], _clock);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        void Neighbour()
        {
            for (var i = 0; i < 20; i++)
                Load(sensor, i % 2 == 0 ? 80 : 160, 0.13);
        }

        Neighbour();
        var open = _clock.GetTimestamp();
        Load(sensor, 300, 5);
        var close = _clock.GetTimestamp();
        Neighbour();
        var integral = WindowEnergy.Compute(meter.Trace, open, close)[0].Integral;

        Assert.InRange(integral.Energy!.Value.Value, 1500 - integral.Uncertainty!.Value.Value, 1500 + integral.Uncertainty.Value.Value);
        Assert.InRange(integral.Uncertainty.Value.Value, 5, 30);
    }

    [Fact]
    public void Where_sampling_began_with_the_window_readings_are_held_over_their_own_time()
    {
        var sensor = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 100, EnergyMethod.Integrated), counter: false, power: true);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var meter = new EnergyMeter([sensor], _clock);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        var open = _clock.GetTimestamp();
        Load(sensor, 300, 5);
        var close = _clock.GetTimestamp();
        Load(sensor, 50, 2);
        var integral = WindowEnergy.Compute(meter.Trace, open, close)[0].Integral;

        Assert.Equal("hold", integral.Form);
        Assert.InRange(integral.Energy!.Value.Value, 1500 - integral.Uncertainty!.Value.Value, 1500 + integral.Uncertainty.Value.Value);
    }

    [Fact]
    public void Below_ten_ticks_the_integral_leads()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 25), true, true, s => Load(s, 300, 0.8));

        Assert.True(energy.Counter.Ticks < 10);
        Assert.Equal(EnergyMethod.Integrated, energy.Method);
    }

    [Fact]
    public void Below_ten_ticks_and_without_power_the_counter_stays_and_says_so()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 25), true, false, s => Load(s, 300, 0.8));

        Assert.Equal((EnergyMethod.Counter, "few_ticks"), (energy.Method, energy.Quality));
        Assert.InRange(Math.Abs(energy.Energy!.Value.Value - truth), 0, energy.Uncertainty!.Value.Value);
    }

    [Fact]
    public void A_counter_that_falls_is_refused_and_the_integral_serves()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 100), true, true, s =>
        {
            Load(s, 300, 3);
            s.ResetJoules = 2_000;
            Load(s, 300, 3);
        });

        Assert.Equal("counter_reset", energy.Counter.Reason);
        Assert.Equal(EnergyMethod.Integrated, energy.Method);
        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
        Assert.Equal("energy_counter_unusable", Assert.Single(energy.Findings).Code);
    }

    [Fact]
    public void A_counter_that_jumps_beyond_what_the_device_may_draw_is_refused()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 100), true, false, s =>
        {
            Load(s, 300, 3);
            s.ResetJoules = -100_000;
            Load(s, 300, 3);
        });

        Assert.Null(energy.Energy);
        Assert.Equal("counter_implausible", energy.Reason);
    }

    [Fact]
    public void A_counter_that_stands_still_is_refused_and_no_zero()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 100), true, true, s =>
        {
            s.FrozenAtSeconds = (_clock.GetTimestamp() / 1e9) - 0.037;
            Load(s, 300, 5);
        });

        Assert.Equal("counter_did_not_advance", energy.Counter.Reason);
        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
    }

    [Fact]
    public void A_counter_that_stops_after_its_first_tick_is_found_out_by_the_power()
    {
        var (energy, truth) = Measure(SimulatedSensor.Gpu(100, 100), true, true, s =>
        {
            s.FrozenAtSeconds = _clock.GetTimestamp() / 1e9;
            Load(s, 300, 5);
        });

        Assert.Equal("energy_counter_integral_differ", Assert.Single(energy.Findings).Code);
        Assert.InRange(energy.Energy!.Value.Value, truth * 0.99, truth * 1.01);
    }

    [Fact]
    public void A_device_that_draws_nothing_is_not_credited_with_what_it_drew_before()
    {
        var (energy, _) = Measure(SimulatedSensor.Package, true, false, s => Load(s, 0, 5));

        Assert.Equal(0, energy.Energy!.Value.Value, 6);
    }

    [Fact]
    public void A_device_that_stops_answering_within_the_window_has_no_energy()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 100), true, true, s =>
        {
            Load(s, 300, 3);
            s.Failure = ReadFailure.DeviceLost;
            Load(s, 300, 1);
        });

        Assert.Equal((null, "device_lost"), (energy.Energy, energy.Reason));
    }

    [Fact]
    public void A_long_gap_rejects_the_integral()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 100, EnergyMethod.Integrated), false, true, s =>
        {
            Load(s, 300, 3);
            s.Failure = ReadFailure.TimedOut;
            Load(s, 300, 4);
            s.Failure = ReadFailure.None;
            Load(s, 300, 3);
        });

        Assert.Equal((null, "read_timed_out"), (energy.Energy, energy.Reason));
    }

    [Fact]
    public void A_device_that_was_lost_has_no_energy_but_a_reason()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 100), true, true, s =>
        {
            s.Failure = ReadFailure.DeviceLost;
            Load(s, 300, 2);
        });

        Assert.Equal((null, null, "device_lost"), (energy.Energy, energy.Method, energy.Reason));
    }

    [Fact]
    public void A_window_without_length_has_no_energy_rather_than_none_used()
    {
        var (energy, _) = Measure(SimulatedSensor.Gpu(100, 100), true, true, _ => { });

        Assert.Equal((null, "window_has_no_length"), (energy.Energy, energy.Reason));
    }

    [Fact]
    public void Counter_and_power_that_disagree_are_a_finding()
    {
        // The power sensor shows 250 W for what the counter says are 300.
        var gpu = SimulatedSensor.Gpu(100, 100);
        var points = Points(t => 250).Select(p => p with { EnergyJoules = Math.Floor((p.AtSeconds * 10) + 1e-9) / 10 * 300 }).ToList();

        var energy = WindowEnergy.Compute(new ChannelSeries(gpu, points), 2, 7);

        Assert.Equal("energy_counter_integral_differ", Assert.Single(energy.Findings).Code);
        Assert.Equal(1500, energy.Energy!.Value.Value, 6);
    }

    [Fact]
    public void An_estimate_stays_labelled_with_its_band()
    {
        var channel = SimulatedSensor.Package with { Method = EnergyMethod.Estimated, BandFactor = 3, Source = "estimate" };
        var (energy, truth) = Measure(channel, true, false, s => Load(s, 8, 5));

        Assert.Equal((EnergyMethod.Estimated, "estimated"), (energy.Method, energy.Quality));
        Assert.Equal(truth, energy.Energy!.Value.Value, 6);
        Assert.Equal(2 * truth, energy.Uncertainty!.Value.Value, 6);
    }

    [Fact]
    public void The_integral_of_the_whole_is_the_sum_of_its_parts()
        => Prop.ForAll<byte[], NormalFloat>((watts, cut) =>
        {
            if (watts.Length < 2)
                return true;
            var curve = new PowerCurve([.. watts.Select((w, i) => new SeriesPoint(i * 0.1, 0, double.NaN, w))]);
            var inner = Math.Abs(cut.Get) % (watts.Length * 0.1);
            var whole = curve.Integral(-0.2, watts.Length * 0.1);
            var parts = curve.Integral(-0.2, inner) + curve.Integral(inner, watts.Length * 0.1);
            return Math.Abs(whole - parts) <= 1e-9 * (1 + Math.Abs(whole));
        }).QuickCheckThrowOnFailure();

    static List<SeriesPoint> Points(Func<double, double> watts) =>
        [.. Enumerable.Range(0, 220).Select(i => new SeriesPoint(i * 0.05, 0, double.NaN, watts(i * 0.05)))];
}
