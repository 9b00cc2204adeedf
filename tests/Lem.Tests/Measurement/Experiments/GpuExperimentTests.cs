using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

/// <summary>Whole experiments on scenario GPUs of known true power: 60 W with nothing loaded, 61 W with the model loaded, 300 W at work.</summary>
public sealed class GpuExperimentTests : IDisposable
{
    const double DriverIdleWatts = 60, ContextIdleWatts = 61, LoadWatts = 300;

    // 100 ms to the first token, 20 ms for each of 995 more: 20 s.
    const int Tokens = 996;

    readonly NvmlScenario _gpus = new(devices: 1);
    readonly ExperimentBench _bench;

    public GpuExperimentTests()
    {
        _bench = new ExperimentBench(_gpus);
        _gpus.Power(0, DriverIdleWatts);
        _gpus.Tell(0, $"noise 0.1");
    }

    public void Dispose()
    {
        _bench.Dispose();
        _gpus.Dispose();
    }

    [Theory]
    [InlineData("v100")]
    [InlineData("a100")]
    [InlineData("h100")]
    [InlineData("kepler")]
    public async Task Energy_above_idle_is_within_a_percent_of_the_truth(string profile)
    {
        _gpus.Profile(0, profile);

        var (result, _) = await MeasureAsync();

        AssertWithin(0.01, LoadWatts * 20, result.EnergyMetrics.TotalEnergyJ?.Value);
        AssertWithin(0.01, (LoadWatts - ContextIdleWatts) * 20, result.EnergyMetrics.AdjustedEnergyJ?.Value);
        AssertWithin(0.01, (LoadWatts - DriverIdleWatts) * 20, result.EnergyBreakdown.AdjustedDriverIdleJ?.Value);
    }

    [Fact]
    public async Task What_the_card_draws_after_the_window_changes_nothing_and_is_told()
    {
        var (result, codes) = await MeasureAsync(afterWatts: 87);

        AssertWithin(0.01, (LoadWatts - ContextIdleWatts) * 20, result.EnergyMetrics.AdjustedEnergyJ?.Value);
        Assert.Contains("idle_drift", codes);
    }

    [Fact]
    public async Task A_card_that_worked_until_just_before_the_window_and_stays_warm_after_it_is_measured_as_well()
    {
        var config = Config() with { Gpus = [0], Warmup = new WarmupConfig(MinPrompts: 3, MaxPrompts: 5, WindowSize: 3) };
        var engine = new SteadyEngine(_bench.Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20))
        {
            Devices = ["gpu:CUDA0"],
            AfterLoad = () => _gpus.Power(0, ContextIdleWatts),
            BeforeBatch = _ => _gpus.Power(0, LoadWatts),
            AfterBatch = () => _gpus.Ramp(0, ContextIdleWatts + 27, ContextIdleWatts, 2),
        };

        await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);

        AssertWithin(0.01, (LoadWatts - ContextIdleWatts) * 20, _bench.Result(config).EnergyMetrics.AdjustedEnergyJ?.Value);
    }

    [Fact]
    public async Task Power_that_never_settles_is_told_and_hangs_nothing()
    {
        _gpus.Ramp(0, 60, 160, 600);

        var (_, codes) = await MeasureAsync(loaded: () => _gpus.Ramp(0, 80, 180, 600));

        Assert.Contains("idle_not_settled", codes);
    }

    [Fact]
    public async Task The_tolerance_of_the_sensor_stands_beside_the_interval()
    {
        var (result, _) = await MeasureAsync();

        AssertWithin(0.01, 0.05 * LoadWatts * 20, result.EnergyMetrics.TotalSystematicJ?.Value);
        Assert.True(result.EnergyMetrics.TotalUncertaintyJ < result.EnergyMetrics.TotalSystematicJ);
    }

    [Theory]
    [InlineData(0.005, null)]
    [InlineData(0.05, FindingSeverity.Info)]
    [InlineData(0.3, FindingSeverity.Warning)]
    [InlineData(0.6, FindingSeverity.Invalid)]
    public async Task Heat_is_judged_by_its_share_of_the_window(double fraction, FindingSeverity? severity)
    {
        _gpus.Tell(0, $"throttle 1 {fraction}");

        var (result, _) = await MeasureAsync();

        AssertWithin(0.01, fraction, result.ThermalThrottle.ThermalFraction);
        Assert.Equal(severity, result.Findings.FirstOrDefault(f => f.Code == "thermal_throttling")?.Severity);
    }

    [Fact]
    public async Task Living_at_the_power_cap_is_information_only()
    {
        _gpus.Tell(0, $"throttle 3 0.9");

        var (result, codes) = await MeasureAsync();

        AssertWithin(0.01, 0.9, result.ThermalThrottle.PowerCappedFraction);
        Assert.DoesNotContain(codes, code => code.Contains("throttl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_falls_at_equal_utilisation_is_told()
    {
        var (_, codes) = await MeasureAsync(during: () => _gpus.Tell(0, $"megahertz 1200"));

        Assert.Contains("clock_drop", codes);
    }

    [Fact]
    public async Task The_card_is_described_and_its_peak_known()
    {
        var (result, _) = await MeasureAsync();

        Assert.Equal(80 * 1024, result.ExtendedMetrics.Memory.TotalVramMb);
    }

    [Fact]
    public async Task A_MIG_devices_energy_is_that_of_the_whole_card_and_says_so()
    {
        _gpus.Tell(0, $"mig 3");

        var (result, codes) = await MeasureAsync(gpu: NvmlScenario.MigUuid(0, 1));

        Assert.Contains("energy_measurement_warning", codes);
        AssertWithin(0.01, LoadWatts * 20, result.EnergyMetrics.GpuEnergyJ?.Value);
    }

    [Fact]
    public async Task A_counter_that_starts_anew_within_the_window_gives_way_to_power()
    {
        var (result, codes) = await MeasureAsync(during: () => _gpus.Tell(0, $"reset_counter"));

        Assert.Equal(EnergyMethod.Integrated, result.EnergyMetrics.TotalEnergyMethod);
        Assert.Contains("energy_counter_unusable", codes);
        AssertWithin(0.03, LoadWatts * 20, result.EnergyMetrics.TotalEnergyJ?.Value);
    }

    [Fact]
    public async Task A_GPU_lost_within_the_window_has_no_energy_and_a_reason()
    {
        var (result, codes) = await MeasureAsync(during: () => _gpus.Tell(0, $"fail 15"));

        Assert.Null(result.EnergyMetrics.TotalEnergyJ);
        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Contains(result.Unavailable, u => u.Path == "energy_metrics.gpu_energy_j" && u.Reason.Contains("device_lost", StringComparison.Ordinal));
        Assert.Contains("energy_unknown", codes);
    }

    [Fact]
    public async Task Without_permission_there_is_a_reason_and_no_zero()
    {
        _gpus.Tell(0, $"fail 4");

        var (result, _) = await MeasureAsync();

        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Contains(result.Unavailable, u => u.Path == "energy_metrics.gpu_energy_j" && u.Reason.Contains("nvml_no_permission", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_left_without_the_GPU_is_no_energy_of_anything(bool refused)
    {
        _bench.MoreSources.Add(new PoweredMachine(_bench.Clock, watts: 60));
        if (refused)
            _gpus.Tell(0, $"fail 4");
        var config = ExperimentBench.Config(outputTokens: 50, prompts: 12);
        var engine = new SteadyEngine(_bench.Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20))
        {
            Devices = ["gpu:CUDA0"],
            BeforeBatch = batch => _gpus.Tell(0, batch < 18 ? (FormattableString)$"watts {LoadWatts}" : $"fail 15"),
        };

        await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);
        var result = _bench.Result(config);

        Assert.True(result.SteadyState.Found);
        Assert.True(result.EnergyMetrics.CpuEnergyJ > new Joules(100));
        Assert.Equal(
            [null, null, null, null, null, null],
            (Joules?[])[result.TotalEnergyJ, result.SteadyState.EnergyJ, result.EnergyBreakdown.LoadJ, result.EnergyBreakdown.WarmupJ, result.ModelLoad?.LoadJ, result.WarmupResult?.EnergyJ]);
        Assert.Null(result.SteadyState.JoulesPerOutputToken);
        string[] paths =
        [
            "total_energy_j", "steady_state.energy_j", "steady_state.joules_per_output_token", "energy_breakdown.load_j", "energy_breakdown.warmup_j",
            "model_load.load_j", "warmup_result.energy_j",
        ];
        Assert.All(paths, path => Assert.StartsWith("energy_unknown_of gpu:", result.Unavailable.Single(u => u.Path == path).Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_GPU_that_works_and_is_not_measured_is_not_taken_for_the_one_that_is()
    {
        using var two = new NvmlScenario(devices: 2);
        using var bench = new ExperimentBench(two);
        var config = Config() with { Gpus = [1] };

        await bench.RunAsync(config, bench.Engine(devices: ["gpu:CUDA0"]), TestContext.Current.CancellationToken);

        Assert.Null(bench.Result(config).EnergyMetrics.TotalEnergyJ);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Neighbours_and_losses_count_on_the_GPUs_that_take_part_only(int working, bool told)
    {
        using var two = new NvmlScenario(devices: 2);
        using var bench = new ExperimentBench(two);
        two.Tell(1, $"process 4711");
        var config = Config() with { Gpus = [working] };
        var engine = bench.Engine(devices: [$"gpu:CUDA{working}"], beforeBatch: _ => two.Tell(1, $"fail 15"));

        var events = await bench.RunAsync(config, engine, TestContext.Current.CancellationToken);

        var codes = events.OfType<FindingRaised>().Select(e => e.Finding.Code).ToList();
        Assert.Equal((told, told), (codes.Contains("gpu_shared"), codes.Contains("gpu_lost")));
    }

    [Fact]
    public async Task A_polled_part_time_sensor_in_step_with_the_tokens_is_flagged_and_four_cycles_start_at_its_four_quarters()
    {
        _gpus.Tell(0, $"counter 0");

        var config = Config() with { NumCycles = 4, MaxOutputTokens = 200 };
        await _bench.RunAsync(config, Engine(), TestContext.Current.CancellationToken);
        var results = Enumerable.Range(0, 4).Select(cycle => _bench.Result(config, cycle)).ToList();

        Assert.All(results, r => Assert.Contains(r.Findings, f => f.Code == "alias_risk"));
        Assert.All(results, r => Assert.InRange(r.Overhead.StartWaitSec ?? -1, 0, 0.1));
        var phases = results.Select(r => r.Timestamps.Start.Ticks % TimeSpan.FromMilliseconds(100).Ticks / 1e4).ToList();
        Assert.All(Enumerable.Range(1, 3), j => Assert.Equal(25, (phases[j] - phases[j - 1] + 100) % 100, 3.0));
    }

    async Task<(ExperimentResult Result, IReadOnlyList<string> FindingCodes)> MeasureAsync(
        string? gpu = null, Action? during = null, Action? loaded = null, double afterWatts = ContextIdleWatts)
    {
        var config = Config() with { Gpus = [gpu is null ? 0 : new GpuId(null, gpu)] };
        var events = await _bench.RunAsync(config, Engine(during, loaded, afterWatts), TestContext.Current.CancellationToken);
        return (_bench.Result(config), [.. events.OfType<FindingRaised>().Select(e => e.Finding.Code)]);
    }

    static ExperimentConfig Config() => ExperimentBench.Config(Tokens) with { Warmup = new WarmupConfig(Enabled: false) };

    SteadyEngine Engine(Action? during = null, Action? loaded = null, double afterWatts = ContextIdleWatts) =>
        new(_bench.Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20))
        {
            Devices = ["gpu:CUDA0"],
            AfterLoad = loaded ?? (() => _gpus.Power(0, ContextIdleWatts)),
            BeforeBatch = _ => _gpus.Power(0, LoadWatts),
            AtToken = token => (token == Tokens / 2 ? during : null)?.Invoke(),
            AfterBatch = () => _gpus.Power(0, afterWatts),
        };

    static void AssertWithin(double share, double expected, double? actual) =>
        Assert.InRange(actual ?? double.NaN, expected * (1 - share), expected * (1 + share));
}
