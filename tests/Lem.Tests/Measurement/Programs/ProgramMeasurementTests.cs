using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Programs;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Programs;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Programs;

/// <summary>A machine that draws 60 W, and 100 W while a program runs for ten seconds.</summary>
public sealed class ProgramMeasurementTests : IDisposable
{
    readonly ManualClock _clock = new();
    readonly PoweredMachine _machine;
    readonly List<(double Seconds, string Phase)> _rows = [];

    public ProgramMeasurementTests() => _machine = new(_clock, watts: 60);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_hundred_watts_for_ten_seconds_are_a_thousand_joules_and_four_hundred_above_idle()
    {
        var result = await MeasureAsync();

        Assert.Equal(10, result.Window.DurationSec, 9);
        Assert.Equal(1000, result.EnergyMetrics.TotalEnergyJ!.Value.Value, 6);
        Assert.Equal(400, result.EnergyMetrics.AdjustedEnergyJ!.Value.Value, 6);
        Assert.Equal(new Watts(100), result.EnergyMetrics.TotalPowerW);
        Assert.Equal(EnergyMethod.Counter, result.EnergyMetrics.TotalEnergyMethod);
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Exit_code_command_and_idle_powers_stand_in_the_record()
    {
        var result = await MeasureAsync();

        Assert.Equal(42, result.ExitCode);
        Assert.Equal(["answer", "--now"], result.Command);
        Assert.False(result.Interrupted);
        Assert.Equal(
            [(BaselineKind.DriverIdle, 60.0), (BaselineKind.PostRun, 60.0)],
            result.Baselines.Select(b => (b.Kind, Math.Round(b.PowerW!.Value.Value, 6))));
    }

    [Fact]
    public async Task Without_a_baseline_nothing_is_waited_for_and_nothing_subtracted()
    {
        var result = await MeasureAsync(baseline: null);

        Assert.Equal(11.2, _clock.GetTimestamp() / 1e9, 6);
        Assert.Null(result.EnergyMetrics.AdjustedEnergyJ);
        Assert.Contains(new Unavailable("energy_metrics.adjusted_energy_j", "baseline_disabled"), result.Unavailable);
    }

    [Fact]
    public async Task A_program_that_was_interrupted_has_its_whole_window_and_no_idle_after_it()
    {
        using var stop = new CancellationTokenSource();

        var result = await MeasureAsync(stop: stop, onRun: stop.Cancel);

        Assert.True(result.Interrupted);
        Assert.Equal(1000, result.EnergyMetrics.TotalEnergyJ!.Value.Value, 6);
        Assert.DoesNotContain(result.Baselines, b => b.Kind == BaselineKind.PostRun);
    }

    [Fact]
    public async Task Stopped_before_its_start_the_program_is_never_run()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MeasureAsync(stop: stop, onRun: () => Assert.Fail("it was run")));
    }

    [Fact]
    public async Task Every_row_of_the_time_series_knows_its_phase()
    {
        await MeasureAsync();

        var phases = _rows.GroupBy(row => row.Phase).ToDictionary(phase => phase.Key, phase => phase.Count());
        Assert.Equal(["idle", "measure", "settle"], _rows.Select(row => row.Phase).Distinct());
        Assert.InRange(phases["measure"], 99, 101);
    }

    [Fact]
    public async Task What_is_not_there_is_null_with_its_reason_and_never_zero()
    {
        var result = await MeasureAsync();

        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Contains(result.Unavailable, u => u.Path == "energy_metrics.gpu_energy_j" && u.Reason.StartsWith("nvml_library_missing", StringComparison.Ordinal));
        Assert.Contains(result.Domains, d => d is { Domain: EnergyDomain.Gpu, RawJ: null, Reason: "nvml_library_missing" });
    }

    [Fact]
    public async Task A_device_that_stays_busy_after_the_program_is_told_within_seconds()
    {
        var result = await MeasureAsync(afterwards: () => _clock.Every(() => _machine.Draw(60 + (_clock.GetTimestamp() / 1e9)), TimeSpan.FromMilliseconds(100)));

        Assert.Contains(result.Findings, f => f is { Code: "idle_not_settled", Phase: "settle" });
        Assert.InRange(_clock.GetTimestamp() / 1e9, 20, 30);
    }

    async Task<ProgramResult> MeasureAsync(double? baseline = 5, Action? onRun = null, Action? afterwards = null, CancellationTokenSource? stop = null)
    {
        using var meter = new EnergyMeter([_machine], _clock);
        var parts = new ProgramParts(
            meter, [new(EnergyDomain.Gpu, null, "nvml_library_missing", "there is no NVML here")], [], _clock.Every,
            () => new EnvironmentSnapshot(_clock.GetUtcNow(), "test"), _clock);
        var options = new ProgramOptions(
            "test", baseline is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromMilliseconds(100), (row, phase) => _rows.Add((row.Seconds, phase)));
        return await new ProgramMeasurement(parts, options).MeasureAsync(
            new(["answer", "--now"], "/bin/answer"),
            () =>
            {
                onRun?.Invoke();
                var open = _clock.GetTimestamp();
                _machine.Draw(100);
                _clock.Advance(TimeSpan.FromSeconds(10));
                _machine.Draw(60);
                afterwards?.Invoke();
                return Task.FromResult(new ProgramEnd(open, _clock.GetTimestamp(), 42, new ProgramUse(1, 0.5, 0.15, 1 << 20)));
            },
            stop?.Token ?? TestContext.Current.CancellationToken);
    }
}
