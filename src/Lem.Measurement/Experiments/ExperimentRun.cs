using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Hosts;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>One run of an experiment, phase by phase. Knows the order; each phase knows how.</summary>
sealed class ExperimentRun(ExperimentPlan plan, ExperimentInput input, ExperimentParts parts, ExperimentJournal journal)
{
    /// <summary>What is in flight when a stop is asked for may take this long to finish.</summary>
    static readonly TimeSpan InFlightGrace = TimeSpan.FromSeconds(10);

    /// <summary>A driver frees the memory of a process that has ended within moments.</summary>
    static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ReleasePoll = TimeSpan.FromMilliseconds(500);

    readonly ExperimentConfig _config = input.Config;
    readonly IdlePhases _idle = new(parts, input.Config.Baseline, journal);
    readonly TimeSeriesCursor _cursor = new(parts.Meter, TimeSpan.FromMilliseconds(input.Config.Timeseries.SampleIntervalMs), journal.Clock.Start);

    readonly bool _startsServer = BackendRule.IsServer(input.Config.ResolvedBackend) && input.Config.Server.Url is null;
    EnvironmentSnapshot? _before;
    MeasuredWindow? _last;

    public async Task<ExperimentFinished> MeasureAsync(CancellationToken stop)
    {
        journal.Tell(new ExperimentStarted(
            journal.Clock.NowSeconds, plan.ExperimentId, _config.ConfigName, _config.ModelName,
            _config.ResolvedBackend.ToString().ToLowerInvariant(), input.Cycles.Count, input.Prompts.Measured.Count,
            [.. input.Cycles.Select(cycle => cycle + 1)], plan.Cycles));

        using var abandon = new CancellationTokenSource();
        await using var grace = stop.Register(() => abandon.CancelAfter(InFlightGrace));
        var stops = new LoadStops(stop, abandon.Token);
        using var sampling = parts.Sampling(parts.Meter.Sample, parts.Meter.TickPeriod);
        using var reporter = new PowerReporter(parts.Meter, journal);
        journal.Raise(parts.EnergyFindings);
        try
        {
            var finished = await MeasureAsync(sampling, stops, stop);
            await parts.Engine.UnloadAsync(CancellationToken.None);
            journal.Raise(parts.Engine.TakeFindings());
            journal.Raise(await HeldMemoryAsync());
            _last?.KeepLateFindings();
            return finished with { Findings = journal.AllFindings };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Finished(ExperimentOutcome.Interrupted, 0);
        }
        finally
        {
            await parts.Engine.UnloadAsync(CancellationToken.None);
        }
    }

    async Task<ExperimentFinished> MeasureAsync(IDisposable sampling, LoadStops stops, CancellationToken stop)
    {
        EnvironmentSnapshot before;
        using (journal.Enter(ExperimentPhase.Environment))
        {
            _before = before = parts.Snapshot();
            journal.Raise(EnvironmentDiff.Inspect(before, EngineGpus.TakingPart(parts), isServerUp: _config.Server.Url is not null));
            journal.Raise(parts.Calibrations?.Doubts(parts.Meter.Channels, before.Driver?.Driver) ?? []);
        }

        await _idle.MeasureDriverIdleAsync(before, stop);

        LoadedModel? model = null;
        var failedRequests = 0;
        foreach (var cycle in input.Cycles)
        {
            stop.ThrowIfCancellationRequested();
            if (model is null || _config.ForceColdStart)
                model = await BringUpAsync(before, _config.ForceColdStart ? cycle + 1 : 0, model?.Workload, stops, stop);
            var window = new MeasuredWindow(plan, input, parts, journal, _idle, _cursor, cycle);
            _last = window;
            var outcome = await window.MeasureAsync(new(before, model), sampling, stops);
            failedRequests += outcome.Requests.Count(r => r.Failure is not null);
            if (outcome.EngineFailure is { } failure)
                return Finished(ExperimentOutcome.Failed, failedRequests, failure);
            if (outcome.Interrupted)
                return Finished(ExperimentOutcome.Interrupted, failedRequests);
        }

        return Finished(_config.Baseline.Required && !_idle.IsSettled ? ExperimentOutcome.GateFailed : ExperimentOutcome.Completed, failedRequests);
    }

    /// <summary>Loads the model and gets it ready; a model that is up already is unloaded first.</summary>
    /// <param name="cycle">The cycle it is for, from 1, or 0 for all.</param>
    /// <param name="planned">The workload, where an earlier load has planned it: the same prompts make the same tokens.</param>
    async Task<LoadedModel> BringUpAsync(EnvironmentSnapshot before, int cycle, Workload? planned, LoadStops stops, CancellationToken stop)
    {
        await parts.Engine.UnloadAsync(stop);
        if (planned is not null)
            journal.Raise(await HeldMemoryAsync(), cycle);
        var pageCache = PageCacheState.Prepare(parts.ModelFiles, _config.ForceColdStart);
        if (_config.ForceColdStart && pageCache.Doubt is { } warm)
            journal.Raise(warm, cycle);

        EngineDescription description;
        using (journal.Enter(ExperimentPhase.Load, cycle))
            description = await parts.Engine.LoadAsync(stop);
        journal.Raise(parts.Engine.TakeFindings(), cycle);
        // In a container neither descent nor, from inside one, numbers tell whose a process is: what comes to the GPUs between the begin of loading and its end is taken for the engine's.
        var processes = parts.IsEngineOutOfSight || before.Container is not null ? GpuProcesses.Newcomers(before, parts.Snapshot()) : new HashSet<int>();

        var workload = planned ?? await PlanAsync(description, stop);
        parts.Engine.Prepare(workload.Requests);
        await _idle.MeasureContextIdleAsync(cycle, stop);
        return new(description, workload, pageCache, processes, await WarmUpAsync(workload, stops));
    }

    // GPU memory that a server which lem has ended did not give back.
    async Task<IReadOnlyList<Finding>> HeldMemoryAsync()
    {
        var gpus = EngineGpus.TakingPart(parts);
        if (!_startsServer || gpus.Count == 0 || _before is not { Gpus.Count: > 0 } before)
            return [];
        var begun = parts.Time.GetTimestamp();
        while (true)
        {
            var held = GpuMemory.NotReleased(before, parts.Snapshot(), gpus);
            if (held.Count == 0 || parts.Time.GetElapsedTime(begun) > ReleasePatience)
                return held;
            await Task.Delay(ReleasePoll, parts.Time);
        }
    }

    // Not part of loading: its time and energy belong to no figure.
    async Task<Workload> PlanAsync(EngineDescription engine, CancellationToken stop)
    {
        using var phase = journal.Enter(ExperimentPhase.Prepare);
        if (CutLengths.Doubt(input.Prompts, _config) is { } doubt)
            journal.Raise(doubt);
        return await new WorkloadPlanner(parts.Engine, engine.TakesText, _config, plan.Seed, parts.Time).PlanAsync(input.Prompts, stop);
    }

    async Task<WarmupResult?> WarmUpAsync(Workload workload, LoadStops stops)
    {
        if (!_config.Warmup.Enabled || _config.ForceColdStart)
            return null;
        using var phase = journal.Enter(ExperimentPhase.Warmup);
        var warmup = new WarmupPhase(parts.Engine, parts.Time, parts.Pace, new TemperatureSlope(parts.Meter, parts.Time).Now);
        var (result, failure) = await warmup.RunAsync(_config, workload, stops);
        if (failure is not null)
            throw failure;
        if (WarmupPhase.Doubt(result, _config.Warmup.ConvergenceDetection) is { } doubt)
            journal.Raise(doubt);
        return result;
    }

    ExperimentFinished Finished(ExperimentOutcome outcome, int failedRequests, LemException? failure = null) => new(
        journal.Clock.NowSeconds, plan.ExperimentId, outcome, failedRequests, failure?.Message, failure?.Hint, journal.AllFindings);
}
