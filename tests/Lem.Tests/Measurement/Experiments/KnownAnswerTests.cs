using Lem.Core.Configuration;
using Lem.Core.Metrics.Flops;
using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Xunit;
using Wanted = Lem.Core.Configuration.FlopsMethod;

namespace Lem.Tests.Measurement.Experiments;

/// <summary>
/// A machine that draws 60 W idle and 100 W at work, and an engine that makes the first token after 100 ms and one more every 20 ms.
/// 496 tokens take 100 ms + 495 × 20 ms = 10 s; everything else follows.
/// </summary>
public sealed class KnownAnswerTests : IDisposable
{
    readonly ExperimentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_hundred_watts_for_ten_seconds_are_a_thousand_joules()
    {
        var result = await MeasureAsync();

        Assert.Equal(10, result.Timestamps.DurationSec, 9);
        Assert.Equal(1000, result.EnergyMetrics.TotalEnergyJ?.Value ?? double.NaN, 6);
        Assert.Equal(EnergyMethod.Counter, result.EnergyMetrics.TotalEnergyMethod);
        Assert.Equal(100, result.EnergyMetrics.TotalPowerW?.Value ?? double.NaN, 6);
    }

    [Fact]
    public async Task Energy_above_idle_is_what_sixty_watts_do_not_explain()
    {
        var result = await MeasureAsync();

        Assert.Equal(60, result.EnergyBreakdown.BaselinePowerW?.Value ?? double.NaN, 6);
        Assert.Equal(400, result.EnergyBreakdown.AdjustedJ?.Value ?? double.NaN, 6);
    }

    [Fact]
    public async Task A_token_every_20_ms_is_a_TPOT_of_20_ms_and_the_first_after_100_ms_a_TTFT()
    {
        var latency = (await MeasureAsync()).LatencyStats;

        Assert.Equal(20, latency.Tpot.Mean ?? double.NaN, 6);
        Assert.Equal(100, latency.Ttft.Mean ?? double.NaN, 6);
        Assert.Equal(10_000, latency.E2e.Mean ?? double.NaN, 6);
        Assert.Equal(20, latency.Itl.P99 ?? double.NaN, 3);
    }

    [Fact]
    public async Task Joules_per_token_and_tokens_per_second_follow()
    {
        var result = await MeasureAsync();

        Assert.Equal(496, result.InferenceMetrics.OutputTokens);
        Assert.Equal(1000 / 496.0, result.EnergyMetrics.JoulesPerOutputToken ?? double.NaN, 6);
        Assert.Equal(49.6, result.InferenceMetrics.OutputTokensPerSecond ?? double.NaN, 6);
    }

    [Fact]
    public async Task What_was_not_measured_is_null_with_its_reason()
    {
        var result = await MeasureAsync();

        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Contains(result.Unavailable, u => u.Path == "energy_metrics.gpu_energy_j" && u.Reason.Contains("nvml_library_missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warm_up_and_load_are_no_part_of_the_window()
    {
        var result = await MeasureAsync();

        Assert.Equal(new Joules(120), Rounded(result.EnergyBreakdown.LoadJ));
        Assert.True(result.WarmupResult?.Converged);
        Assert.True(result.EnergyBreakdown.WarmupJ > new Joules(1000));
    }

    [Fact]
    public async Task Loading_is_told_with_its_time_and_energy()
    {
        var load = (await MeasureAsync()).ModelLoad;

        Assert.Equal(2, load?.LoadTimeSec ?? double.NaN, 9);
        Assert.Equal(new Joules(120), Rounded(load?.LoadJ));
        Assert.False(load?.ForcedCold);
    }

    [Fact]
    public async Task A_device_that_is_lost_leaves_no_partial_sum_for_what_came_after()
    {
        // Idle and loading are over after some seven seconds; the warm-up then lasts on without this device.
        _bench.MoreSources.Add(new LostDevice(_bench.Clock, TimeSpan.FromSeconds(15)));

        var result = await MeasureAsync();

        Assert.Equal(new Joules(120 + 20), Rounded(result.ModelLoad?.LoadJ));
        Assert.Null(result.EnergyBreakdown.WarmupJ);
        Assert.Contains(result.Unavailable, u => u.Path == "energy_breakdown.warmup_j" && u.Reason.StartsWith("energy_unknown_of dram:0", StringComparison.Ordinal));
        Assert.Contains(result.Unavailable, u => u.Path == "warmup_result.energy_j" && u.Reason.StartsWith("energy_unknown_of dram:0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_on_a_processor_whose_counter_is_refused_has_no_total()
    {
        using var bench = new ExperimentBench { MeasuresProcessor = false };
        bench.MoreSources.Add(new LostDevice(bench.Clock, TimeSpan.FromHours(1)));
        var config = ExperimentBench.Config();
        await bench.RunAsync(config, bench.Engine(), TestContext.Current.CancellationToken);

        var result = bench.Result(config);

        Assert.Null(result.TotalEnergyJ);
        Assert.NotNull(result.EnergyMetrics.RamEnergyJ);
        Assert.Equal("energy_unknown_of cpu:*", Assert.Single(result.Unavailable, u => u.Path == "total_energy_j").Reason);
    }

    [Fact]
    public async Task The_first_token_waits_for_its_prefill_and_nothing_else()
    {
        var latency = (await MeasureAsync()).LatencyStats;

        Assert.Equal(0, latency.TtftComponents?.QueueMs.Mean ?? double.NaN, 6);
        Assert.Equal(100, latency.TtftComponents?.PrefillMs.Mean ?? double.NaN, 6);
        Assert.Equal(0, latency.TtftComponents?.TokenizeMs.Mean ?? double.NaN, 6);
        Assert.Equal(9_900, latency.Decode?.Mean ?? double.NaN, 6);
    }

    [Fact]
    public async Task Twelve_equal_batches_are_steady_from_the_first_to_the_last()
    {
        // Each 100 ms + 49 × 20 ms = 1.08 s for 50 tokens at 100 W.
        var config = ExperimentBench.Config(prompts: 12, outputTokens: 50);
        await _bench.RunAsync(config, _bench.Engine(), TestContext.Current.CancellationToken);

        var steady = _bench.Result(config).SteadyState;

        Assert.Equal((true, "full_batches", 0.0), (steady.Found, steady.Policy, steady.StartS));
        Assert.Equal(12 * 1.08, steady.EndS ?? double.NaN, 9);
        Assert.Equal(50 / 1.08, steady.OutputTokensPerSecond ?? double.NaN, 6);
        Assert.Equal(1296, steady.EnergyJ?.Value ?? double.NaN, 3);
        Assert.Equal(2.16, steady.JoulesPerOutputToken ?? double.NaN, 6);
        Assert.Equal(20, steady.TpotMs ?? double.NaN, 6);
    }

    [Fact]
    public async Task A_batch_that_is_not_full_is_outside_the_steady_part()
    {
        var config = ExperimentBench.Config(prompts: 21, outputTokens: 50) with { Batching = new(BatchSize: 2) };
        await _bench.RunAsync(config, _bench.Engine(), TestContext.Current.CancellationToken);

        var steady = _bench.Result(config).SteadyState;

        Assert.Equal(10 * 1.08, steady.EndS ?? double.NaN, 9);
        Assert.Equal(100 / 1.08, steady.OutputTokensPerSecond ?? double.NaN, 6);
    }

    [Fact]
    public async Task One_batch_has_no_steady_part_and_the_result_says_why()
    {
        var result = await MeasureAsync();

        Assert.False(result.SteadyState.Found);
        Assert.Equal("fewer_than_ten_full_batches_in_a_row", result.SteadyState.Reason);
        Assert.Contains(result.Unavailable, u => u is { Path: "steady_state.energy_j", Reason: "fewer_than_ten_full_batches_in_a_row" });
    }

    [Fact]
    public async Task A_cold_start_loads_anew_for_each_window_and_warms_nothing_up()
    {
        var config = ExperimentBench.Config(prompts: 2, outputTokens: 50, cycles: 3) with { ForceColdStart = true };
        var engine = _bench.Engine();

        await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);

        Assert.Equal(3, engine.Loads);
        Assert.True(engine.Unloads >= 3);
        Assert.All(Enumerable.Range(0, 3), cycle =>
        {
            var result = _bench.Result(config, cycle);
            Assert.Null(result.WarmupResult);
            Assert.Equal(2, result.ModelLoad?.LoadTimeSec ?? double.NaN, 9);
            Assert.Equal(new Joules(120), Rounded(result.ModelLoad?.LoadJ));
            Assert.Single(result.Phases, phase => phase.Name == "load");
            // Nobody gave the bench any files to look at.
            Assert.Contains(result.Findings, finding => finding.Code == "page_cache_not_evicted");
        });
    }

    [Theory]
    [InlineData(Wanted.Auto, "traced", "high", 1000.0)]
    [InlineData(Wanted.Architecture, "architecture", "medium", null)]
    [InlineData(Wanted.Parameters, "parameters", "low", null)]
    public async Task FLOPs_are_counted_as_the_configuration_says(
        Wanted method, string counted, string confidence, double? executedBeyondClosed)
    {
        var config = ExperimentBench.Config(outputTokens: 50) with { Flops = new(method) };
        var closed = await FlopsAsync(config with { Flops = new(Wanted.Architecture) }, ExecutedFlops.None("no"));

        var flops = await FlopsAsync(config, new((closed.Executed ?? 0) + 1000, 0, null));

        Assert.Equal((counted, confidence), (flops.Method, flops.Confidence));
        if (executedBeyondClosed is { } beyond)
            Assert.Equal((closed.Useful, closed.Executed + beyond), (flops.Useful, flops.Executed));
    }

    [Fact]
    public async Task A_trace_that_was_asked_for_and_is_not_there_is_a_finding()
    {
        var config = ExperimentBench.Config(outputTokens: 50) with { Flops = new(Wanted.Traced) };

        var flops = await FlopsAsync(config, ExecutedFlops.None("there is no graph"));

        Assert.Equal("architecture", flops.Method);
        Assert.Contains("there is no graph", flops.Reason, StringComparison.Ordinal);
        Assert.Contains(_bench.Result(config).Findings, finding => finding.Code == "flops_not_traced");
    }

    [Fact]
    public async Task A_trace_that_the_dimensions_do_not_explain_is_doubted()
    {
        var config = ExperimentBench.Config(outputTokens: 50);

        var flops = await FlopsAsync(config, new(1e15, 1e15, null));

        Assert.Equal(("traced", "medium"), (flops.Method, flops.Confidence));
        Assert.Contains(_bench.Result(config).Findings, finding => finding.Code == "flops_disagree");
    }

    async Task<FlopsRecord> FlopsAsync(ExperimentConfig config, ExecutedFlops traced)
    {
        _bench.Raw.SetAside(_bench.Plan(config).ExperimentId);
        var engine = _bench.Engine(traced: traced, architecture: new("test", 64, 1000, [new TransformerLayer(4, 4, 16, 128, Count: 2)]));
        await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);
        return _bench.Result(config).ProcessResults[0].Flops;
    }

    [Fact]
    public async Task Five_cycles_are_one_load_and_five_windows()
    {
        var config = ExperimentBench.Config(prompts: 2, outputTokens: 50, cycles: 5);
        var engine = _bench.Engine();

        var events = await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);

        Assert.Equal(1, engine.Loads);
        Assert.Equal(5, engine.CachesEmptied);
        Assert.Equal([1, 2, 3, 4, 5], events.OfType<CycleFinished>().Select(e => e.Cycle));
        Assert.All(Enumerable.Range(0, 5), cycle => Assert.Equal(100, _bench.Result(config, cycle).InferenceMetrics.OutputTokens));
    }

    [Fact]
    public async Task A_gpu_the_engine_does_not_use_is_in_no_energy_of_the_result()
    {
        using var bench = new ExperimentBench("gpu:a", "gpu:b");
        var config = ExperimentBench.Config();
        await bench.RunAsync(config, bench.Engine(devices: ["cpu", "gpu:a"]), TestContext.Current.CancellationToken);

        var result = bench.Result(config);

        Assert.Equal(new Joules(1000 + 100), Rounded(result.TotalEnergyJ));
        Assert.Equal(new Joules(100), Rounded(result.EnergyMetrics.GpuEnergyJ));
        Assert.Equal(new Joules(120 + 20), Rounded(result.EnergyBreakdown.LoadJ));
        Assert.Equal(new Joules(100), Rounded(Assert.Single(result.EnergyBreakdown.Domains, d => d.Device == "gpu:b").RawJ));
        Assert.Contains(result.Findings, f => f.Code == "gpu_not_owned");
    }

    [Fact]
    public async Task A_gpu_that_fails_among_others_is_recorded_and_leaves_no_partial_total()
    {
        using var bench = new ExperimentBench("gpu:a") { Unavailable = [new(EnergyDomain.Gpu, "gpu:b", "nvml_gpu_lost", "it fell off the bus")] };
        var config = ExperimentBench.Config();
        await bench.RunAsync(config, bench.Engine(devices: ["gpu:a", "gpu:b"]), TestContext.Current.CancellationToken);

        var result = bench.Result(config);

        Assert.Equal("nvml_gpu_lost", Assert.Single(result.EnergyBreakdown.Domains, d => d.Device == "gpu:b").Reason);
        Assert.Null(result.TotalEnergyJ);
        Assert.Equal("energy_unknown_of gpu:b", Assert.Single(result.Unavailable, u => u.Path == "total_energy_j").Reason);
    }

    async Task<ExperimentResult> MeasureAsync()
    {
        var config = ExperimentBench.Config();
        await _bench.RunAsync(config, _bench.Engine(), TestContext.Current.CancellationToken);
        return _bench.Result(config);
    }

    static Joules Rounded(Joules? energy) => new(Math.Round(energy?.Value ?? double.NaN, 6));
}
