using Lem.Core.Configuration;
using Lem.Core.Metrics.Steady;
using Lem.Core.Results.Raw;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>The steady part of a window, found as its kind of load allows, with the energy of that part.</summary>
static class WindowSteadyState
{
    public static RawSteadyState Of(WindowOutcome outcome, BatchingConfig batching, WindowEnergies energies, TimeProvider time)
    {
        var span = outcome.Shape switch
        {
            FixedConcurrency { Users: var users } => ClosedLoop.Find(Requests(outcome, time), users, time.GetElapsedTime(outcome.Open, outcome.Close).TotalSeconds),
            TimedArrivals => OpenLoop.Find(Requests(outcome, time)),
            _ => FullBatches.Find(Batches(outcome, batching, time)),
        };
        if (span is not { StartS: { } start, EndS: { } end })
            return new(span.Policy, null, null, null, span.Reason);
        var (energy, reason) = energies.Between(Stamp(start), Stamp(end));
        return new(span.Policy, start, end, energy, reason);

        long Stamp(double seconds) => outcome.Open + (long)Math.Round(seconds * time.TimestampFrequency);
    }

    static List<RequestRun> Requests(WindowOutcome outcome, TimeProvider time)
    {
        return [.. outcome.Requests.Select(request => new RequestRun(
            Seconds(request.Intended),
            request.FirstArrival is { } first ? Seconds(first) : null,
            Seconds(request.End ?? request.Sent),
            request.OutputTokens))];

        double Seconds(long stamp) => time.GetElapsedTime(outcome.Open, stamp).TotalSeconds;
    }

    static List<BatchRun> Batches(WindowOutcome outcome, BatchingConfig batching, TimeProvider time)
    {
        var hasFixedRows = batching.Strategy is BatchingStrategy.Static or BatchingStrategy.SortedStatic;
        var batches = new List<BatchRun>();
        var next = 0;
        foreach (var span in outcome.Batches)
        {
            // A dynamic batch is closed when the next prompt does not fit; only the last one ends for want of prompts.
            var isFull = hasFixedRows ? span.Requests == batching.BatchSize : batches.Count < outcome.Batches.Count - 1;
            batches.Add(new(
                Seconds(span.Start), Seconds(span.End), outcome.Requests.Skip(next).Take(span.Requests).Sum(row => (long)row.OutputTokens), isFull));
            next += span.Requests;
        }

        return batches;

        double Seconds(long stamp) => time.GetElapsedTime(outcome.Open, stamp).TotalSeconds;
    }
}
