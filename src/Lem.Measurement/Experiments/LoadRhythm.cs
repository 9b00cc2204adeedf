using Lem.Measurement.Energy;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>The periods with which a window's load repeated itself: a polled sensor may keep step with one of them.</summary>
static class LoadRhythm
{
    /// <summary>Of each batch its mean time between tokens, and of the window its mean time from batch to batch; empty where nothing is known.</summary>
    /// <remarks>Batch by batch, because a mean over batches of different pace is the period of none of them.</remarks>
    public static IReadOnlyList<LoadPeriod> Of(WindowOutcome outcome, TimeProvider time)
    {
        // Requests that come and go one by one share the engine's steps: their mean time between tokens is its period.
        if (outcome.Shape is not null)
            return Shared(outcome, time) is { } shared ? [shared] : [];
        var rhythm = new List<LoadPeriod>();
        foreach (var batch in outcome.Requests.GroupBy(request => request.Sent))
            if (Steps(batch) is var (first, last, steps) && steps > 0 && last > first)
            {
                var seconds = time.GetElapsedTime(first, last).TotalSeconds;
                rhythm.Add(new(seconds / steps, seconds));
            }

        if (outcome.Batches is [var opening, .., var closing] && closing.Start > opening.Start)
        {
            var seconds = time.GetElapsedTime(opening.Start, closing.Start).TotalSeconds;
            rhythm.Add(new(seconds / (outcome.Batches.Count - 1), seconds));
        }

        return rhythm;
    }

    static LoadPeriod? Shared(WindowOutcome outcome, TimeProvider time)
    {
        double seconds = 0;
        long gaps = 0;
        foreach (var request in outcome.Requests)
            if (request is { FirstArrival: { } first, LastArrival: { } last } && last > first)
            {
                seconds += time.GetElapsedTime(first, last).TotalSeconds;
                gaps += request.ArrivalCount - 1;
            }

        return gaps > 0 ? new(seconds / gaps, time.GetElapsedTime(outcome.Open, outcome.Close).TotalSeconds) : null;
    }

    // All rows of a batch step together: the longest answer has all its steps.
    static (long First, long Last, int Steps) Steps(IEnumerable<RequestTrace> batch)
    {
        (long First, long Last, int Steps) longest = default;
        foreach (var request in batch)
            if (request is { FirstArrival: { } first, LastArrival: { } last } && request.ArrivalCount - 1 > longest.Steps)
                longest = (first, last, request.ArrivalCount - 1);
        return longest;
    }
}
