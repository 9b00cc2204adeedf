using Lem.Core;
using Lem.Measurement.Engines;

namespace Lem.Measurement.Load;

/// <summary>
/// Sends requests one by one, in a closed or an open loop, and records every stamp. An open loop is paced by a thread of its own, which does
/// nothing but wait for the next intended start and send: what an answer takes can never hold up a later request.
/// </summary>
sealed class RequestLoad(IEngine engine, TimeProvider time, Pace pace, bool keepOutput)
{
    // Tasks of answered requests are let go from time to time: the garbage collector would carry each of them along.
    const int MostDone = 1024;

    readonly Lock _telling = new();
    RequestTrace?[] _begun = [];
    LemException? _failure;
    bool _interrupted;

    /// <summary>Stamp of window open, once it runs.</summary>
    public long Open { get; private set; }

    /// <summary>Runs the requests to their end, to an early stop, or to the engine's breakdown. Once.</summary>
    /// <param name="finished">Called for each request that is done, one call at a time; must return at once.</param>
    public async Task<WindowOutcome> RunAsync(
        IReadOnlyList<GenerationRequest> requests, LoadShape shape, Action<RequestTrace> finished, LoadStops stops)
    {
        // A place for each, so that to begin one needs no lock: nothing that answers do may hold up a send.
        _begun = new RequestTrace?[requests.Count];
        Open = time.GetTimestamp();
        if (shape is TimedArrivals arrivals)
            await RunOpenAsync(requests, arrivals, finished, stops);
        else
            await RunClosedAsync(requests, ((FixedConcurrency)shape).Users, finished, stops);
        List<RequestTrace> traces = [.. _begun.OfType<RequestTrace>()];
        return new(Open, WindowOutcome.CloseOf(Open, traces), traces, [], _interrupted, _failure, shape);
    }

    async Task RunClosedAsync(IReadOnlyList<GenerationRequest> requests, int users, Action<RequestTrace> finished, LoadStops stops)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(users, requests.Count)).Select(_ => UserAsync()));
        _interrupted |= next + 1 < requests.Count;

        async Task UserAsync()
        {
            while (!MustStop(stops))
            {
                var index = Interlocked.Increment(ref next);
                if (index >= requests.Count)
                    return;
                // A closed loop has no arrivals of its own: a request is due when a user is free.
                var now = time.GetTimestamp();
                await RunAsync(Begin(requests[index], index, now, now), finished, stops.Abandon);
            }
        }
    }

    async Task RunOpenAsync(IReadOnlyList<GenerationRequest> requests, TimedArrivals arrivals, Action<RequestTrace> finished, LoadStops stops)
    {
        using var slots = new SemaphoreSlim(arrivals.MaxConcurrency ?? int.MaxValue);
        var inFlight = new List<Task>(MostDone);
        var sent = await Task.Factory.StartNew(Dispatch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(inFlight);
        _interrupted |= sent < requests.Count;

        int Dispatch()
        {
            for (var i = 0; i < requests.Count; i++)
            {
                var due = Open + Stamps(arrivals.OffsetsNs[i]);
                pace(due, stops.NoNewRequests);
                if (MustStop(stops) || !Enter())
                    return i;
                if (inFlight.Count == inFlight.Capacity && inFlight.RemoveAll(request => request.IsCompletedSuccessfully) < MostDone / 2)
                    inFlight.Capacity *= 2;
                inFlight.Add(LeaveAfterAsync(RunAsync(Begin(requests[i], i, due, time.GetTimestamp()), finished, stops.Abandon)));
            }

            return requests.Count;
        }

        bool Enter()
        {
            try
            {
                slots.Wait(stops.NoNewRequests);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        async Task LeaveAfterAsync(Task request)
        {
            try
            {
                await request;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    bool MustStop(LoadStops stops) => stops.NoNewRequests.IsCancellationRequested || Volatile.Read(ref _failure) is not null;

    long Stamps(long nanoseconds) => (long)((Int128)nanoseconds * time.TimestampFrequency / 1_000_000_000);

    RequestTrace Begin(GenerationRequest request, int order, long intended, long sent)
    {
        var trace = new RequestTrace(request, order);
        trace.MarkSent(intended, sent, keepOutput);
        _begun[order] = trace;
        return trace;
    }

    async Task RunAsync(RequestTrace trace, Action<RequestTrace> finished, CancellationToken abandon)
    {
        try
        {
            await foreach (var e in engine.GenerateAsync([trace.Request], abandon))
                trace.Take(e);
            if (!trace.IsDone)
                trace.Finish(new RequestFailure("engine_failed", "the engine ended the request without saying how"), over: time.GetTimestamp());
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            _interrupted = true;
            trace.Finish(RequestFailure.Interrupted, over: time.GetTimestamp());
        }
        catch (LemException e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            trace.Finish(new RequestFailure("engine_failed", e.Message), over: time.GetTimestamp());
        }

        lock (_telling)
            finished(trace);
    }
}
