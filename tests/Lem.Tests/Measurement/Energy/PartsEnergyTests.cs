using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class PartsEnergyTests
{
    const double PrefillWatts = 400, DecodeWatts = 200, IdleWatts = 20;

    readonly ManualClock _clock = new();

    [Fact]
    public void Prefill_and_decode_are_told_apart_and_make_up_the_whole()
    {
        var run = Alternate(SimulatedSensor.Package, counter: true, batches: 4, prefillSeconds: 0.5, decodeSeconds: 1.5);

        var (prefill, decode) = run.Parts();

        Assert.Equal(4 * 0.5 * PrefillWatts, prefill.Energy!.Value.Value, 6);
        Assert.Equal(4 * 1.5 * DecodeWatts, decode.Energy!.Value.Value, 6);
        Assert.Equal(run.Whole.Energy!.Value.Value, prefill.Energy.Value.Value + decode.Energy.Value.Value, 6);
    }

    [Fact]
    public void Parts_shorter_than_the_sensor_can_see_are_refused()
    {
        var run = Alternate(SimulatedSensor.Gpu(100, 25), counter: true, batches: 4, prefillSeconds: 0.02, decodeSeconds: 2);

        Assert.Equal("phase_shorter_than_sensor_period", run.Parts().Prefill.Reason);
        Assert.Null(run.Parts().Decode.Reason);
    }

    [Theory]
    [InlineData(100, 25, true)]
    [InlineData(100, 100, true)]
    [InlineData(20, 10, true)]
    [InlineData(100, 100, false)]
    [InlineData(20, 10, false)]
    public void What_the_edges_mix_is_stated(double updateMs, double windowMs, bool counter)
    {
        var run = Alternate(SimulatedSensor.Gpu(updateMs, windowMs), counter, batches: 12, prefillSeconds: 1.037, decodeSeconds: 2.411);

        var (prefill, decode) = run.Parts();

        AssertHolds(12 * 1.037 * PrefillWatts, prefill);
        AssertHolds(12 * 2.411 * DecodeWatts, decode);

        // The mean of f·(1 − f) is 1/6, the most is 1/4.
        static void AssertHolds(double truth, PartsEnergy part)
        {
            var (energy, uncertainty) = (part.Energy!.Value.Value, part.Uncertainty!.Value.Value);
            Assert.InRange(energy, truth - (1.5 * uncertainty), truth + (1.5 * uncertainty));
            Assert.InRange(uncertainty, 0, 0.05 * energy);
        }
    }

    [Fact]
    public void Parts_of_which_the_edges_mix_more_than_a_twentieth_are_refused()
    {
        // 400 W for 0.237 s between 200 W: a tick of 100 ms loses some 8 % of it.
        var run = Alternate(SimulatedSensor.Gpu(100, 25), counter: true, batches: 12, prefillSeconds: 0.237, decodeSeconds: 2.411);

        Assert.Equal("phase_edges_uncertain", run.Parts().Prefill.Reason);
        Assert.NotNull(run.Parts().Decode.Energy);
    }

    [Fact]
    public void A_chip_that_no_table_knows_is_judged_by_the_period_that_its_counter_shows()
    {
        var run = Alternate(SimulatedSensor.Gpu(100, 25), counter: true, batches: 12, prefillSeconds: 0.137, decodeSeconds: 2.411);

        Assert.Equal("phase_shorter_than_sensor_period", run.Parts(channel => channel with { UpdatePeriod = null, AveragingWindow = null }).Prefill.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mean_of_a_second_tells_no_parts_of_less_than_two(bool counter)
    {
        var run = Alternate(SimulatedSensor.Gpu(100, 1000), counter, batches: 4, prefillSeconds: 1.037, decodeSeconds: 20);

        Assert.Equal("phase_shorter_than_sensor_period", run.Parts().Prefill.Reason);
        Assert.NotNull(run.Parts().Decode.Energy);
    }

    [Fact]
    public void Without_the_energy_of_the_window_its_parts_have_none_either()
    {
        var run = Alternate(SimulatedSensor.Gpu(100, 25), counter: true, batches: 4, prefillSeconds: 2, decodeSeconds: 6,
            (sensor, batch) => sensor.Failure = batch < 2 ? ReadFailure.None : ReadFailure.DeviceLost);

        Assert.Equal("device_lost", run.Whole.Reason);
        Assert.Equal((null, "device_lost"), (run.Parts().Prefill.Energy, run.Parts().Prefill.Reason));
        Assert.Equal((null, "device_lost"), (run.Parts().Decode.Energy, run.Parts().Decode.Reason));
    }

    [Fact]
    public void A_counter_that_stops_within_the_window_tells_no_parts()
    {
        var run = Alternate(SimulatedSensor.Gpu(100, 25), counter: true, batches: 4, prefillSeconds: 2, decodeSeconds: 6,
            (sensor, batch) => sensor.FrozenAtSeconds = batch < 2 ? double.PositiveInfinity : Math.Min(sensor.FrozenAtSeconds, _clock.GetTimestamp() / 1e9));

        Assert.Equal("counter_did_not_advance", run.Parts().Prefill.Reason);
        Assert.Equal("counter_did_not_advance", run.Parts().Decode.Reason);
    }

    [Fact]
    public void A_gap_in_the_readings_is_counted_at_each_edge_within_it()
    {
        var whole = Alternate(SimulatedSensor.Package, counter: true, batches: 4, prefillSeconds: 2, decodeSeconds: 6).Parts();
        var gap = Alternate(SimulatedSensor.Package, counter: true, batches: 4, prefillSeconds: 2, decodeSeconds: 6,
            (sensor, batch) => sensor.Failure = batch == 2 ? ReadFailure.TimedOut : ReadFailure.None).Parts();

        Assert.NotNull(whole.Prefill.Energy);
        Assert.Equal("phase_edges_uncertain", gap.Prefill.Reason);
    }

    [Fact]
    public void A_phase_that_never_was_has_no_energy()
    {
        var run = Alternate(SimulatedSensor.Package, counter: true, batches: 4, prefillSeconds: 2, decodeSeconds: 6);

        var (prefill, decode) = PartsEnergy.Compute(run.Trace, [run.Whole], run.Prefill, [])[0];

        Assert.Equal(4 * 2 * PrefillWatts, prefill.Energy!.Value.Value, 6);
        Assert.Equal((null, "no_such_phase"), (decode.Energy, decode.Reason));
    }

    /// <summary>So many batches one after another, idle before and after.</summary>
    /// <param name="before">Called before each batch, and once more with the number of batches.</param>
    Run Alternate(
        EnergyChannel channel, bool counter, int batches, double prefillSeconds, double decodeSeconds, Action<SimulatedSensor, int>? before = null)
    {
        var sensor = new SimulatedSensor(_clock, channel, counter, channel.AveragingWindow is not null);
        using var meter = new EnergyMeter([sensor], _clock);
        sensor.Draw(IdleWatts);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(5));
        List<(long, long)> prefill = [], decode = [];
        for (var i = 0; i < batches; i++)
        {
            before?.Invoke(sensor, i);
            prefill.Add(Stretch(sensor, PrefillWatts, prefillSeconds));
            decode.Add(Stretch(sensor, DecodeWatts, decodeSeconds));
        }

        before?.Invoke(sensor, batches);
        sensor.Draw(IdleWatts);
        _clock.Advance(TimeSpan.FromSeconds(5));
        return new Run(meter.Trace, prefill, decode);
    }

    (long, long) Stretch(SimulatedSensor sensor, double watts, double seconds)
    {
        sensor.Draw(watts);
        var start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return (start, _clock.GetTimestamp());
    }

    sealed record Run(EnergyTrace Trace, List<(long Start, long End)> Prefill, List<(long Start, long End)> Decode)
    {
        public DomainEnergy Whole => WindowEnergy.Compute(Trace, Prefill[0].Start, Decode[^1].End)[0];

        public (PartsEnergy Prefill, PartsEnergy Decode) Parts() => PartsEnergy.Compute(Trace, [Whole], Prefill, Decode)[0];

        /// <summary>The same readings, of a channel of which other things are known.</summary>
        public (PartsEnergy Prefill, PartsEnergy Decode) Parts(Func<EnergyChannel, EnergyChannel> known)
        {
            var series = Trace.Series(0, long.MinValue, long.MaxValue);
            series = series with { Channel = known(series.Channel) };
            var (prefill, decode) = (Seconds(Prefill), Seconds(Decode));
            return PartsEnergy.Compute(series, WindowEnergy.Compute(series, prefill[0].Start, decode[^1].End), prefill, decode);
        }

        List<(double Start, double End)> Seconds(List<(long Start, long End)> parts) =>
            [.. parts.Select(part => (Trace.Seconds(part.Start), Trace.Seconds(part.End)))];
    }
}
