using Lem.Measurement.Engines;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Runs a workload once, in static batches or one by one, as it asks.</summary>
sealed class WorkloadRun
{
    readonly Func<Action<RequestTrace>, LoadStops, Task<WindowOutcome>> _run;
    readonly Func<long> _open;

    WorkloadRun(Func<Action<RequestTrace>, LoadStops, Task<WindowOutcome>> run, Func<long> open) => (_run, _open) = (run, open);

    /// <summary>Stamp of window open, once it runs.</summary>
    public long Open => _open();

    public static WorkloadRun OfWindow(Workload workload, IEngine engine, TimeProvider time, Pace pace, bool keepOutput) =>
        workload.Shape is { } shape ? OneByOne(workload.Requests, shape, engine, time, pace, keepOutput) : InBatches(workload.Batches, engine, time, keepOutput);

    /// <summary>A round of warm-up: one batch, or as many requests at once as the batch has rows.</summary>
    public static WorkloadRun OfWarmup(Workload workload, int round, IEngine engine, TimeProvider time, Pace pace)
    {
        var batch = workload.WarmupBatch(round);
        return workload.Shape is null ? InBatches([batch], engine, time, keepOutput: false) : OneByOne(batch, new FixedConcurrency(batch.Count), engine, time, pace, keepOutput: false);
    }

    public Task<WindowOutcome> RunAsync(Action<RequestTrace> finished, LoadStops stops) => _run(finished, stops);

    static WorkloadRun InBatches(IReadOnlyList<IReadOnlyList<GenerationRequest>> batches, IEngine engine, TimeProvider time, bool keepOutput)
    {
        var load = new StaticBatchLoad(engine, time, keepOutput);
        return new((finished, stops) => load.RunAsync(batches, finished, stops), () => load.Open);
    }

    static WorkloadRun OneByOne(IReadOnlyList<GenerationRequest> requests, LoadShape shape, IEngine engine, TimeProvider time, Pace pace, bool keepOutput)
    {
        var load = new RequestLoad(engine, time, pace, keepOutput);
        return new((finished, stops) => load.RunAsync(requests, shape, finished, stops), () => load.Open);
    }
}
