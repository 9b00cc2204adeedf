using Lem.Measurement.Experiments;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public sealed class ResumeTests : IDisposable
{
    readonly ExperimentBench _bench = new();

    // One batch per window after the warm-up's batches, whose number the warm-up decides.
    readonly Lem.Core.Configuration.ExperimentConfig _config = ExperimentBench.Config(prompts: 1, outputTokens: 10, cycles: 3);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task After_a_breakdown_completed_cycles_stand_and_only_the_others_are_measured_again()
    {
        var warmups = await WarmupBatchesAsync();
        var events = await _bench.RunAsync(_config, _bench.Engine(breaksAtBatch: warmups + 1), TestContext.Current.CancellationToken);

        var finished = Assert.IsType<ExperimentFinished>(events[^1]);
        Assert.Equal(ExperimentOutcome.Failed, finished.Outcome);
        Assert.Equal("decode failed", finished.Failure);
        Assert.Equal([(1, false), (2, true)], events.OfType<CycleFinished>().Select(e => (e.Cycle, e.Partial)));

        events = await _bench.RunAsync(_config, _bench.Engine(), TestContext.Current.CancellationToken);

        Assert.Equal([2, 3], events.OfType<CycleFinished>().Select(e => e.Cycle));
        Assert.Equal(ExperimentOutcome.Completed, Assert.IsType<ExperimentFinished>(events[^1]).Outcome);
    }

    [Fact]
    public async Task What_an_interrupted_window_left_is_kept_apart_and_never_aggregated()
    {
        var warmups = await WarmupBatchesAsync();
        using var stop = new CancellationTokenSource();
        await _bench.RunAsync(_config, _bench.Engine(beforeBatch: batch => StopAt(batch, warmups + 1, stop)), stop.Token);

        await _bench.RunAsync(_config, _bench.Engine(), TestContext.Current.CancellationToken);

        // The gentle stop let the second window's only batch finish, so the second is whole and the third was never begun.
        Assert.All(Enumerable.Range(1, 3), cycle => Assert.True(_bench.Raw.IsComplete($"{_bench.Plan(_config).ExperimentId}_c{cycle}")));
    }

    [Fact]
    public async Task A_gentle_stop_ends_as_interrupted()
    {
        var warmups = await WarmupBatchesAsync();
        using var stop = new CancellationTokenSource();

        var events = await _bench.RunAsync(_config, _bench.Engine(beforeBatch: batch => StopAt(batch, warmups, stop)), stop.Token);

        Assert.Equal(ExperimentOutcome.Interrupted, Assert.IsType<ExperimentFinished>(events[^1]).Outcome);
    }

    [Fact]
    public async Task A_reader_that_breaks_off_ends_the_experiment_before_its_parts_are_gone()
    {
        var engine = _bench.Engine();

        await _bench.ReadFirstAsync(_config, engine);

        Assert.True(engine.Unloads > 0);
    }

    [Fact]
    public async Task A_window_whose_files_were_changed_afterwards_is_not_complete()
    {
        var config = ExperimentBench.Config(prompts: 1, outputTokens: 10);
        await _bench.RunAsync(config, _bench.Engine(), TestContext.Current.CancellationToken);
        var id = _bench.Plan(config).ExperimentId;
        Assert.True(_bench.Raw.IsComplete(id));

        await File.AppendAllTextAsync(_bench.Results.Process(id, 0), " ", TestContext.Current.CancellationToken);

        Assert.False(_bench.Raw.IsComplete(id));
    }

    [Fact]
    public void A_plan_comes_back_as_it_was_saved_until_it_is_removed()
    {
        var store = new PlanStore(_bench.Results.Root);
        var plan = _bench.Plan(_config);
        store.Save(plan);

        Assert.Equal(plan.PromptSetSha256, store.Read(plan.ExperimentId).PromptSetSha256);
        Assert.Equal(plan.Effective.ToJsonString(), Assert.Single(store.List()).Effective.ToJsonString());

        store.Remove(plan.ExperimentId);
        Assert.Empty(store.List());
    }

    // Warm-up runs the same number of batches each time: the engine's pace does not change.
    static async Task<int> WarmupBatchesAsync()
    {
        using var bench = new ExperimentBench();
        var engine = bench.Engine();
        await bench.RunAsync(ExperimentBench.Config(prompts: 1, outputTokens: 10), engine, TestContext.Current.CancellationToken);
        return engine.Batches - 1;
    }

    static void StopAt(int batch, int at, CancellationTokenSource stop)
    {
        if (batch == at)
            stop.Cancel();
    }
}
