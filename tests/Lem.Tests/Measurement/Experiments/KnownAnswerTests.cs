using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Xunit;

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

    async Task<ExperimentResult> MeasureAsync()
    {
        var config = ExperimentBench.Config();
        await _bench.RunAsync(config, _bench.Engine(), TestContext.Current.CancellationToken);
        return _bench.Result(config);
    }

    static Joules Rounded(Joules? energy) => new(Math.Round(energy?.Value ?? double.NaN, 6));
}
