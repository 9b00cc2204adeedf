using Lem.Core;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Load;

/// <summary>
/// Runs planned batches one after another on an engine with static batches (a closed loop: the next batch starts when the last is done)
/// and records every stamp. Does no I/O; allocates per request, never per token beyond the doubling of stamp buffers.
/// </summary>
sealed class StaticBatchLoad(IEngine engine, TimeProvider time, bool keepTokens)
{
    /// <summary>Stamp of window open, once <see cref="RunAsync"/> has begun.</summary>
    public long Open { get; private set; }

    /// <summary>Runs the batches to their end, to an early stop, or to the engine's breakdown.</summary>
    /// <param name="finished">Called on the load's thread for each request that is done; must return at once.</param>
    public async Task<WindowOutcome> RunAsync(
        IReadOnlyList<IReadOnlyList<GenerationRequest>> batches,
        Action<RequestTrace> finished,
        LoadStops stops)
    {
        var traces = new List<RequestTrace>(batches.Sum(batch => batch.Count));
        var spans = new List<BatchSpan>(batches.Count);
        LemException? failure = null;
        Open = time.GetTimestamp();
        var interrupted = false;

        foreach (var batch in batches)
        {
            if (stops.NoNewRequests.IsCancellationRequested)
            {
                interrupted = true;
                break;
            }

            try
            {
                spans.Add(await RunBatchAsync(batch, traces, finished, stops.Abandon));
            }
            catch (OperationCanceledException) when (stops.Abandon.IsCancellationRequested)
            {
                interrupted = true;
            }
            catch (LemException e)
            {
                failure = e;
            }

            if (interrupted || failure is not null)
            {
                AbandonUnfinished(traces, failure, finished);
                break;
            }
        }

        return new(Open, WindowOutcome.CloseOf(Open, traces), traces, spans, interrupted, failure);
    }

    async Task<BatchSpan> RunBatchAsync(
        IReadOnlyList<GenerationRequest> batch, List<RequestTrace> traces, Action<RequestTrace> finished, CancellationToken abandon)
    {
        var rows = new Dictionary<int, RequestTrace>(batch.Count);
        var start = time.GetTimestamp();
        foreach (var request in batch)
        {
            var trace = new RequestTrace(request, traces.Count);
            // Static batches have no arrivals of their own: a request is due when its batch is.
            trace.MarkSent(start, start, keepTokens);
            traces.Add(trace);
            rows.Add(request.Index, trace);
        }

        long? prefillEnd = null;
        var end = start;
        await foreach (var e in engine.GenerateAsync(batch, abandon))
        {
            end = e.Timestamp;
            if (e.Kind == TokenEventKind.PrefillEnded)
                prefillEnd = e.Timestamp;
            if (e.Request < 0)
            {
                foreach (var row in rows.Values)
                    row.Take(e);
                continue;
            }

            rows[e.Request].Take(e);
            if (e.Kind is TokenEventKind.Finished or TokenEventKind.Failed)
                finished(rows[e.Request]);
        }

        return new(batch.Count, start, prefillEnd, end);
    }

    // A request without an end is a failure of its own kind, never a shorter success.
    void AbandonUnfinished(List<RequestTrace> traces, LemException? failure, Action<RequestTrace> finished)
    {
        var reason = failure is null
            ? RequestFailure.Interrupted
            : new RequestFailure("engine_failed", failure.Message);
        var now = time.GetTimestamp();
        foreach (var trace in traces.Where(trace => !trace.IsDone))
        {
            trace.Finish(reason, over: now);
            finished(trace);
        }
    }
}
