namespace Lem.Measurement.Load;

/// <summary>The periods with which a load repeats itself, and its power with it: a polled sensor may keep step with one of them.</summary>
static class LoadPeriods
{
    /// <summary>Mean time between tokens, and mean time from batch to batch, seconds; empty where neither is known.</summary>
    public static IReadOnlyList<double> Of(WindowOutcome outcome, TimeProvider time)
    {
        var periods = new List<double>();
        double seconds = 0;
        long steps = 0;
        foreach (var arrivals in outcome.Requests)
            if (arrivals.Arrivals is [var first, .., var last])
            {
                seconds += time.GetElapsedTime(first, last).TotalSeconds;
                steps += arrivals.Arrivals.Length - 1;
            }

        if (steps > 0 && seconds > 0)
            periods.Add(seconds / steps);
        if (outcome.Batches is [var opening, _, ..] batches && batches[^1].Start > opening.Start)
            periods.Add(time.GetElapsedTime(opening.Start, batches[^1].Start).TotalSeconds / (batches.Count - 1));
        return periods;
    }
}
