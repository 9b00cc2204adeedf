using Lem.Core.Configuration;
using Lem.Core.Results.Raw;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

/// <summary>Idle powers of whole experiments on a machine of 60 W idle and 100 W at work.</summary>
public sealed class IdlePhasesTests : IDisposable
{
    readonly ExperimentBench _bench = new();

    public void Dispose() => _bench.Dispose();

    static ExperimentConfig Config(double ttl = 3600, bool required = false, bool enabled = true) =>
        ExperimentBench.Config() with { Baseline = new BaselineConfig(enabled, required, DurationSec: 5, CacheTtlSec: ttl) };

    [Fact]
    public async Task A_second_experiment_takes_the_driver_idle_of_the_first_and_says_so()
    {
        var first = await RunAsync(Config());
        _bench.Clock.Advance(TimeSpan.FromMinutes(10));
        var second = await RunAsync(Config(), "20260102T040000Z-known-answer-00000002");

        Assert.Contains(first, e => e is PhaseStarted { Phase: ExperimentPhase.Idle });
        Assert.DoesNotContain(second, e => e is PhaseStarted { Phase: ExperimentPhase.Idle });
        var result = _bench.Result(Config(), id: "20260102T040000Z-known-answer-00000002");
        Assert.Equal("cached", result.EnergyBreakdown.BaselineMethod);
        Assert.InRange(result.EnergyBreakdown.BaselineCacheAgeSec!.Value, 600, 800);
        Assert.Equal(400, result.EnergyBreakdown.AdjustedDriverIdleJ!.Value.Value, 6);
        Assert.All(result.Baselines, b => Assert.Equal(b.Kind == BaselineKind.DriverIdle ? "cached" : "fresh", b.Method));
        Assert.Equal("fresh", _bench.Result(Config()).EnergyBreakdown.BaselineMethod);
    }

    [Fact]
    public async Task With_the_cache_off_nothing_is_taken_and_nothing_kept()
    {
        await RunAsync(Config(ttl: 0));

        Assert.False(File.Exists(_bench.Baselines.Path));
        Assert.Contains(await RunAsync(Config(ttl: 0), "20260102T040000Z-known-answer-00000002"), e => e is PhaseStarted { Phase: ExperimentPhase.Idle });
    }

    [Fact]
    public async Task An_idle_power_that_had_been_kept_too_long_is_measured_anew()
    {
        await RunAsync(Config(ttl: 60));
        _bench.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains(await RunAsync(Config(ttl: 60), "20260102T040000Z-known-answer-00000002"), e => e is PhaseStarted { Phase: ExperimentPhase.Idle });
    }

    [Fact]
    public async Task A_required_baseline_that_has_settled_holds_the_gate() =>
        Assert.Equal(ExperimentOutcome.Completed, await OutcomeAsync(Config(required: true)));

    [Fact]
    public async Task A_required_baseline_that_is_switched_off_fails_the_gate() =>
        Assert.Equal(ExperimentOutcome.GateFailed, await OutcomeAsync(Config(required: true, enabled: false)));

    [Fact]
    public async Task A_required_baseline_that_never_settles_fails_the_gate()
    {
        using var drift = Drifting();

        Assert.Equal(ExperimentOutcome.GateFailed, await OutcomeAsync(Config(required: true)));
    }

    [Fact]
    public async Task Not_required_it_is_a_finding_only()
    {
        using var drift = Drifting();

        Assert.Equal(ExperimentOutcome.Completed, await OutcomeAsync(Config()));
        Assert.Contains(_bench.Result(Config()).Findings, f => f.Code == "idle_not_settled");
    }

    // Idle power that rises by a watt each second, for ever.
    IDisposable Drifting() => _bench.Clock.Every(() => _bench.Machine.Draw(60 + (_bench.Clock.GetTimestamp() / 1e9)), TimeSpan.FromMilliseconds(500));

    async Task<ExperimentOutcome> OutcomeAsync(ExperimentConfig config) => (await RunAsync(config)).OfType<ExperimentFinished>().Single().Outcome;

    Task<IReadOnlyList<ExperimentEvent>> RunAsync(ExperimentConfig config, string id = ExperimentBench.FirstId) =>
        _bench.RunAsync(config, _bench.Engine(), id, TestContext.Current.CancellationToken);
}
