using System.Runtime;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Hosts;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Measures one window: caches emptied, load run while the sampler looks, power settled, facts on disk.</summary>
sealed class MeasuredWindow(
    ExperimentPlan plan, ExperimentInput input, ExperimentParts parts, ExperimentJournal journal, IdlePhases idle, TimeSeriesCursor cursor, int cycle)
{
    readonly ExperimentConfig _config = input.Config;
    readonly int _number = cycle + 1;

    readonly string _windowId = ExperimentId.OfWindow(plan.ExperimentId, cycle, plan.Cycles);
    RawExperiment? _written;

    // Progress of this window; written by the load's thread only.
    int _done;
    long _outputTokens;
    long _totalTokens;

    public async Task<WindowOutcome> MeasureAsync(WindowContext context, IDisposable sampling, LoadStops stops)
    {
        if (_config.PromptReuse == PromptReuse.Cold && !await parts.Engine.EmptyCachesAsync(stops.NoNewRequests))
            journal.Raise(PrefixCacheWarm, _number);

        using var files = new WindowFiles(input.Directory, input.Store, _windowId, cursor, _config.Timeseries is { Enabled: true, Save: true }, journal);
        var throttleBefore = parts.Meter.ReadThrottleCounters();
        var samplingBefore = SamplingCost.Now(sampling);
        // A full disk ends the load: it is told now, not after an hour of measuring into nothing.
        using var noNew = CancellationTokenSource.CreateLinkedTokenSource(stops.NoNewRequests, files.Failed);
        await parts.Engine.OpenWindowAsync(noNew.Token);
        var (outcome, waited) = await RunLoadAsync(context.Model.Workload, files, stops with { NoNewRequests = noNew.Token });
        var counts = await parts.Engine.CloseWindowAsync(CancellationToken.None);
        if (ImplausibleUsage.Doubt(outcome, _config.Engine) is { } implausible)
            journal.Raise(implausible, _number);
        var samplingAfter = SamplingCost.Now(sampling);
        var throttleAfter = parts.Meter.ReadThrottleCounters();
        await idle.SettleAsync(_number, outcome, stops.NoNewRequests);

        EnvironmentSnapshot after;
        FlopsRecord flops;
        using (journal.Enter(ExperimentPhase.Finish, _number))
        {
            flops = await CountFlopsAsync(context.Model.Engine, outcome);
            after = GpuProcesses.Claim(parts.Snapshot(), context.Model.Processes);
            journal.Raise(EnvironmentDiff.Compare(context.Before, after, EngineGpus.TakingPart(parts, context.Model.Engine)), _number);
            journal.Raise(parts.Engine.TakeFindings(), _number);
        }

        var (lines, sha256) = files.Close();
        var energies = new WindowEnergies(parts, idle, journal, outcome, EngineGpus.Of(context.Model.Engine, parts.CudaGpus), _number);
        var throttling = new WindowThrottling(parts.Meter, journal, outcome, context.Model.Engine.ComputePrecision, parts.Time, _number);
        var facts = new WindowFacts(plan, input, parts, journal, context, outcome, cycle);
        var cost = SamplingCost.Between(samplingBefore, samplingAfter, parts.Time.GetElapsedTime(outcome.Open, outcome.Close));
        var host = facts.Host(energies, throttling.Judge(throttleBefore, throttleAfter), cost with { WriterBytes = files.Bytes, StartWaitSec = waited.TotalSeconds });
        if (_config.SaveOutputs)
            files.WriteOutputs(await facts.OutputLinesAsync());
        _written = facts.Experiment(after, idle.Records(_number), energies);
        files.Complete(_written, host, facts.Process(sha256, lines, flops, counts), parts.Redact(parts.EngineLog()));
        journal.Tell(new CycleFinished(journal.Clock.NowSeconds, _number, _windowId, facts.Partial));
        return outcome;
    }

    /// <summary>Puts what was found after the window was written, when the engine had ended, with its facts. The marker is of other files and stays valid.</summary>
    public void KeepLateFindings()
    {
        if (_written is { } facts && journal.FindingsOf(_number) is var findings && findings.Count > facts.Findings.Count)
            input.Store.WriteExperiment(_windowId, facts with { Findings = findings });
    }

    // Cycle j begins a quarter of a polled sensor's period later than cycle j − 1: four of them see all of a load that keeps step with it.
    async Task<TimeSpan> WaitForSensorAsync(CancellationToken stop)
    {
        if (SensorPhase.WaitFor(parts.Meter.Trace, parts.Time.GetTimestamp(), cycle) is not { } wait)
            return TimeSpan.Zero;
        await Task.Delay(wait, parts.Time, stop);
        return wait;
    }

    async Task<FlopsRecord> CountFlopsAsync(EngineDescription engine, WindowOutcome outcome)
    {
        var method = _config.Flops.Method;
        var batches = WindowFlops.Batches(outcome);
        // An engine that broke down is not asked again.
        var traced = WindowFlops.IsTraced(method) && outcome.EngineFailure is null
            ? await parts.Engine.TraceFlopsAsync(batches, CancellationToken.None)
            : null;
        var flops = WindowFlops.Count(engine, batches, method, traced);
        if (WindowFlops.Doubt(flops, method, traced) is { } doubt)
            journal.Raise(doubt, _number);
        return flops;
    }

    async Task<(WindowOutcome Outcome, TimeSpan Waited)> RunLoadAsync(Workload workload, WindowFiles files, LoadStops stops)
    {
        var load = WorkloadRun.OfWindow(workload, parts.Engine, parts.Time, parts.Pace, _config.SaveOutputs);

        // What a collection would do in the window is done now; what it may still do is short.
        GC.Collect();
        var latencyMode = GCSettings.LatencyMode;
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        try
        {
            // The wait comes last: whatever lay between it and the first send would move the start off its quarter.
            var waited = await WaitForSensorAsync(stops.NoNewRequests);
            using (journal.Enter(ExperimentPhase.Measure, _number))
                return (await load.RunAsync(trace => Finished(trace, load.Open, files), stops), waited);
        }
        finally
        {
            GCSettings.LatencyMode = latencyMode;
        }
    }

    void Finished(RequestTrace trace, long open, WindowFiles files)
    {
        files.Add(RequestRecords.From(trace, open, parts.Time));
        trace.Forget();
        _done++;
        _outputTokens += trace.OutputTokens;
        _totalTokens += trace.OutputTokens + trace.InputTokens;
        journal.Tell(new RequestFinished(journal.Clock.NowSeconds, _number, trace.Order, trace.Failure is null, _done, _outputTokens, _totalTokens));
    }

    static Finding PrefixCacheWarm { get; } = new(
        "prefix_cache_warm",
        FindingSeverity.Warning,
        "the engine's prefix cache could not be emptied before the window: repeated prompts cost less than new ones",
        "measure",
        "Use prompts that differ from cycle to cycle, or say prompt_reuse: keep to measure the warm cache on purpose.");
}
