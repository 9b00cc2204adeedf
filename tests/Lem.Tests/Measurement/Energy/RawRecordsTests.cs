using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class RawRecordsTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public async Task A_hundred_watts_over_an_idle_of_forty_are_six_hundred_joules_in_the_record()
    {
        var package = new SimulatedSensor(_clock, SimulatedSensor.Package, true, false);
        using var meter = new EnergyMeter([package], _clock);
        package.Draw(40);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        var idle = await IdleBaseline.MeasureAsync(meter, TimeSpan.FromSeconds(5), _clock, TestContext.Current.CancellationToken);
        var open = _clock.GetTimestamp();
        package.Draw(100);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var close = _clock.GetTimestamp();
        package.Draw(40);
        _clock.Advance(TimeSpan.FromSeconds(2));

        var gross = WindowEnergy.Compute(meter.Trace, open, close)[0];
        var adjusted = AdjustedEnergy.Of(gross, idle.For(gross.Channel), TimeSpan.FromSeconds(10));
        var record = RawRecords.Energy(gross, adjusted, adjusted, idle.For(gross.Channel));
        var baseline = Assert.Single(RawRecords.Baseline(BaselineKind.ContextIdle, idle));

        Assert.Equal(1000, record.RawJ!.Value.Value, 6);
        Assert.Equal(gross.Counter.NearestReads, record.CounterNearestJ);
        Assert.InRange(record.CounterNearestJ!.Value.Value, 900, 1100);
        Assert.Equal(600, record.AdjustedJ!.Value.Value, 6);
        Assert.Equal((EnergyDomain.Cpu, "cpu:0", EnergyMethod.Counter), (record.Domain, record.Device, record.Method!.Value));
        Assert.Equal(40, baseline.PowerW!.Value.Value, 6);
        Assert.Equal((true, 5.0), (baseline.Settled!.Value, baseline.DurationSec!.Value));
    }

    [Theory]
    [InlineData(EnergyMethod.Counter, true)]
    [InlineData(EnergyMethod.Estimated, false)]
    public void Only_what_hardware_counted_stands_as_a_counters_value(EnergyMethod method, bool counted)
    {
        var package = new SimulatedSensor(_clock, SimulatedSensor.Package with { Method = method, BandFactor = 3 }, true, false);
        using var meter = new EnergyMeter([package], _clock);
        package.Draw(100);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(12));

        var (open, close) = (_clock.GetTimestamp() / 12, _clock.GetTimestamp() * 11 / 12);
        var gross = WindowEnergy.Compute(meter.Trace, open, close)[0];
        var adjusted = AdjustedEnergy.Of(gross, null, TimeSpan.FromSeconds(10));
        var record = RawRecords.Energy(gross, adjusted, adjusted, null);

        Assert.Equal(1000, record.RawJ!.Value.Value, 3);
        Assert.Equal((counted, counted), (record.CounterJ is not null, record.CounterNearestJ is not null));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(3.0, null, "phase_stamped")]
    [InlineData(null, 4.0, "phase_stamped")]
    public void The_phases_have_a_method_where_either_has_energy(double? prefill, double? decode, string? method)
    {
        var record = new DomainEnergyRecord(
            EnergyDomain.Cpu, "cpu:0", new Joules(10),
            PrefillJ: prefill is { } p ? new Joules(p) : null, DecodeJ: decode is { } d ? new Joules(d) : null);

        Assert.Equal(method, RawRecords.PhaseMethod([record]));
    }

    [Fact]
    public void What_is_missing_has_its_reason_in_every_place()
    {
        var record = RawRecords.Missing(new UnavailableReason(EnergyDomain.Gpu, null, "nvml_library_missing", "…"));

        Assert.Equal((null, "gpu:*", "nvml_library_missing", "nvml_library_missing"), (record.RawJ, record.Device, record.Reason, record.AdjustedReason));
    }

    [Fact]
    public void Sampling_quality_counts_reads_updates_failures_and_gaps()
    {
        var gpu = new SimulatedSensor(_clock, SimulatedSensor.Gpu(100, 100), true, true);
        using var meter = new EnergyMeter([gpu], _clock);
        gpu.Draw(100);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(2));
        gpu.Failure = ReadFailure.TimedOut;
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        gpu.Failure = ReadFailure.None;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var energies = WindowEnergy.Compute(meter.Trace, 0, _clock.GetTimestamp());
        var quality = Assert.Single(RawRecords.Quality(meter.Trace, 0, _clock.GetTimestamp(), energies));

        Assert.Equal(("gpu:x", "nvml", 2L, 100.0), (quality.Device, quality.Source, quality.Failures, quality.UpdatePeriodMs!.Value));
        Assert.InRange(quality.Samples, 60, 64);
        Assert.InRange(quality.Updates, 27, 31);
        Assert.Equal(150, quality.LongestGapMs!.Value, 6);
        Assert.False(quality.AveragingWindowAssumed);
        Assert.NotNull(quality.IntegralForm);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, null)]
    public void An_averaging_window_that_nobody_knows_is_told_to_be_assumed(bool power, bool? assumed)
    {
        var channel = SimulatedSensor.Gpu(100, 100) with { AveragingWindow = null };
        var sensor = new SimulatedSensor(_clock, channel, !power, power);
        using var meter = new EnergyMeter([sensor], _clock);
        sensor.Draw(100);
        using var sampler = _clock.Every(meter.Sample, meter.TickPeriod);
        _clock.Advance(TimeSpan.FromSeconds(6));

        var (open, close) = (_clock.GetTimestamp() / 3, _clock.GetTimestamp() * 2 / 3);
        var quality = Assert.Single(RawRecords.Quality(meter.Trace, open, close, WindowEnergy.Compute(meter.Trace, open, close)));

        Assert.Equal((assumed, power), (quality.AveragingWindowAssumed, quality.IntegralForm is not null));
    }
}
