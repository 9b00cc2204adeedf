using Lem.Core.Results.Raw;

namespace Lem.Measurement.Load;

/// <summary>Turns the stamps of a request into its line of the request log: seconds since window open, microseconds between arrivals.</summary>
static class RequestRecords
{
    /// <param name="open">Stamp of window open.</param>
    public static RequestRecord From(RequestTrace trace, long open, TimeProvider time)
    {
        var arrivals = trace.Arrivals;
        var failure = trace.Failure;
        return new(
            trace.Order,
            trace.Request.Index,
            Seconds(trace.Intended),
            Seconds(trace.Sent),
            trace.FirstArrival is { } first ? Seconds(first) : null,
            trace.LastArrival is { } last ? Seconds(last) : null,
            trace.InputTokens,
            trace.OutputTokens,
            trace.Usage?.OutputTokens is not null ? "usage" : trace.IsCounted ? "engine" : null,
            Gaps(arrivals, time),
            GapTokens(trace),
            failure is null,
            failure is null ? null : new(failure.Kind, failure.Message, trace.IsCounted ? trace.OutputTokens : null),
            trace.PrefillStart is { } prefill ? Seconds(prefill) : null,
            trace.Request.Tokenization?.TotalMilliseconds,
            trace.End is { } end && end != trace.LastArrival ? Seconds(end) : null);

        double Seconds(long stamp) => time.GetElapsedTime(open, stamp).TotalSeconds;
    }

    // Each stamp is rounded on its own, so that gaps never drift away from the times they lie between.
    static int[] Gaps(ReadOnlySpan<long> arrivals, TimeProvider time)
    {
        if (arrivals.Length < 2)
            return [];
        var gaps = new int[arrivals.Length - 1];
        long sum = 0;
        for (var i = 1; i < arrivals.Length; i++)
        {
            var total = (long)Math.Round(time.GetElapsedTime(arrivals[0], arrivals[i]).TotalMicroseconds);
            gaps[i - 1] = (int)(total - sum);
            sum = total;
        }

        return gaps;
    }

    static int[]? GapTokens(RequestTrace trace) => trace.TokensPerArrival is { IsEmpty: false } tokens ? tokens[1..].ToArray() : null;
}
