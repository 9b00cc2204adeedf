using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Nvml;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public sealed class NvmlEnergySourceTests : IDisposable
{
    readonly ManualClock _clock = new();
    readonly NvmlScenario _fake = new();
    readonly List<UnavailableReason> _reasons = [];
    readonly List<Finding> _findings = [];

    public void Dispose() => _fake.Dispose();

    NvmlEnergySource? Open(params string[]? gpus) =>
        NvmlEnergySource.Open(new EnergyOptions(gpus, NvmlLibrary: _fake.Path), _clock, _reasons, _findings);

    EnergyMeter Meter(params string[]? gpus) => new([Open(gpus)!], _clock);

    IDisposable Sample(EnergyMeter meter) => _clock.Every(
        () =>
        {
            _fake.SetTime(_clock.GetTimestamp());
            meter.Sample();
        },
        meter.TickPeriod);

    void Run(double watts, double seconds)
    {
        _fake.SetTime(_clock.GetTimestamp());
        _fake.Power(0, watts);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _fake.SetTime(_clock.GetTimestamp());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Window_energy_is_within_a_percent_of_the_devices_true_energy(bool counter)
    {
        if (!counter)
            _fake.Tell(0, $"counter 0");
        using var meter = Meter("0");
        using var sampler = Sample(meter);
        Run(50, 5.037);
        var (open, before) = (_clock.GetTimestamp(), _fake.TrueJoules(0, _clock.GetTimestamp()));
        Run(350, 4);
        Run(250, 4.21);
        var (close, after) = (_clock.GetTimestamp(), _fake.TrueJoules(0, _clock.GetTimestamp()));
        Run(50, 3);

        var energy = Assert.Single(WindowEnergy.Compute(meter.Trace, open, close));

        Assert.Equal(counter ? EnergyMethod.Counter : EnergyMethod.Integrated, energy.Method);
        Assert.InRange(energy.Energy!.Value.Value, (after - before) * 0.99, (after - before) * 1.01);
        Assert.Empty(energy.Findings);
    }

    [Fact]
    public void The_channel_knows_its_sensor_and_its_limit()
    {
        using var source = Open("0");
        var channel = Assert.Single(source!.Channels);

        Assert.Equal($"gpu:{NvmlScenario.Uuid(0)}", channel.Device);
        Assert.Equal((100, 25), (channel.UpdatePeriod!.Value.TotalMilliseconds, channel.AveragingWindow!.Value.TotalMilliseconds));
        Assert.Equal(400, channel.PowerLimit!.Value.Value);
        Assert.Contains("field 186", channel.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_without_fields_is_read_by_plain_power()
    {
        using var old = new NvmlScenario(oldDriver: true);
        using var source = NvmlEnergySource.Open(new EnergyOptions(["0"], NvmlLibrary: old.Path), _clock, _reasons, _findings);
        var readings = new EnergyReading[1];

        source!.Read(readings);

        Assert.Equal(EnergyMethod.Integrated, source.Channels[0].Method);
        Assert.Equal((50, double.NaN), (readings[0].PowerWatts, readings[0].EnergyJoules));
    }

    [Fact]
    public void A_GPU_that_falls_off_the_bus_is_a_gap_with_a_reason()
    {
        using var source = Open("0", "1");
        _fake.Tell(0, $"fail {(int)NvmlReturn.GpuIsLost}");
        var readings = new EnergyReading[2];

        source!.Read(readings);

        Assert.Equal((ReadFailure.DeviceLost, double.NaN), (readings[0].Failure, readings[0].EnergyJoules));
        Assert.Equal((ReadFailure.None, 50), (readings[1].Failure, readings[1].PowerWatts));
    }

    [Fact]
    public void What_may_not_be_read_is_told_for_each_device()
    {
        _fake.Tell(0, $"fail {(int)NvmlReturn.NoPermission}");

        using var source = Open("0", "1", "7");

        Assert.Equal([$"gpu:{NvmlScenario.Uuid(1)}"], source!.Channels.Select(channel => channel.Device));
        Assert.Equal(["nvml_no_permission", "gpu_not_found"], _reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void An_index_beyond_CUDA_VISIBLE_DEVICES_is_told_and_is_not_another_GPU()
    {
        using var source = NvmlEnergySource.Open(new EnergyOptions(["0", "1"], "1", NvmlLibrary: _fake.Path), _clock, _reasons, _findings);

        Assert.Equal([$"gpu:{NvmlScenario.Uuid(1)}"], source!.Channels.Select(channel => channel.Device));
        Assert.Equal(("gpu:1", "gpu_not_found"), (Assert.Single(_reasons).Device, _reasons[0].Code));
    }

    [Fact]
    public void Cards_that_differ_make_an_index_doubtful()
    {
        _fake.Profile(1, "v100");
        using var source = Open("0");

        Assert.Contains(_findings, finding => finding.Code == "gpu_order_unsure");
    }

    [Fact]
    public void No_GPU_asked_for_is_a_reason_of_its_own()
    {
        Assert.Null(Open([]));
        Assert.Equal("no_gpu_selected", Assert.Single(_reasons).Code);
    }

    [Fact]
    public void A_driver_that_does_not_count_its_GPUs_is_not_a_machine_without_any()
    {
        _fake.SetCountAnswer((int)NvmlReturn.NoPermission);

        Assert.Null(Open(null));
        Assert.Equal("nvml_no_permission", Assert.Single(_reasons).Code);
    }

    [Fact]
    public void A_GPU_named_twice_is_measured_once()
    {
        using var source = Open("0", NvmlScenario.Uuid(0));

        Assert.Single(source!.Channels);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var source = Open("0", "1");
        var readings = new EnergyReading[2];
        source!.Read(readings);

        Assert.Equal(0, Allocations.Least(() => source.Read(readings)));
    }

    [Fact]
    public void A_meters_tick_with_telemetry_allocates_nothing()
    {
        using var meter = Meter("0");
        meter.Sample();

        Assert.Equal(0, Allocations.Least(meter.Sample, prepare: () => _clock.Advance(TimeSpan.FromSeconds(1))));
        Assert.Equal(6, meter.Telemetry.Rows);
    }

    [Fact]
    public void Slow_values_are_sampled_five_times_a_second()
    {
        using var meter = Meter("0");
        using var sampler = Sample(meter);
        _fake.Tell(0, $"temperature 71");
        _clock.Advance(TimeSpan.FromSeconds(2));

        var samples = meter.TelemetryOf(0, 0, _clock.GetTimestamp());

        Assert.InRange(samples.Count, 10, 11);
        Assert.Equal((71, 97, 42, 1410, 2L << 30), (samples[^1].TemperatureCelsius!.Value, samples[^1].SmPercent!.Value, samples[^1].MemoryPercent!.Value, samples[^1].SmMegahertz!.Value, samples[^1].MemoryUsedBytes!.Value));
    }

    [Fact]
    public void Throttle_counters_are_told_by_channel()
    {
        using var meter = Meter("1");
        _fake.Tell(1, $"throttle 0 0.5");
        _fake.Tell(1, $"throttle 3 0.75");
        _fake.SetTime(10_000);

        Assert.Equal(new ThrottleCounters(5_000, 0, 0, 7_500, "time_counters"), meter.ReadThrottleCounters()[0]);
    }

    [Fact]
    public void Older_drivers_tell_throttling_as_violation_times()
    {
        using var old = new NvmlScenario(oldDriver: true);
        old.Tell(0, $"throttle 1 1");
        old.SetTime(9_000);
        using var meter = new EnergyMeter([NvmlEnergySource.Open(new EnergyOptions(["0"], NvmlLibrary: old.Path), _clock, _reasons, _findings)!], _clock);

        Assert.Equal(new ThrottleCounters(9_000, null, null, 0, "violation_status"), meter.ReadThrottleCounters()[0]);
    }
}
