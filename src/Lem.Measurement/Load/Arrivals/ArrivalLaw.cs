using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Arrivals;

/// <summary>When the requests of an open loop are to start: drawn up front, the same for the same seed on every machine.</summary>
static class ArrivalLaw
{
    const double NanosecondsPerSecond = 1e9;

    /// <summary>Most requests these arrivals can bring; null = as many as are wanted.</summary>
    /// <param name="trace">What <see cref="ArrivalKind.Trace"/> replays.</param>
    public static int? Most(TrafficConfig traffic, RecordedTrace? trace) => traffic switch
    {
        { Mode: ArrivalKind.Trace } => trace?.Rows.Count,
        { Mode: ArrivalKind.Ramp, Ramp: { } ramp } => new RampRate(ramp).Most,
        _ => null,
    };

    /// <summary>Intended starts in nanoseconds since window open, rising.</summary>
    /// <remarks>
    /// Constant, Poisson and gamma: each request comes one gap after the one before it, the first one gap after window open. Scaled, the last comes
    /// exactly requests ÷ target_qps after window open, so that two seeds differ in when requests come and not in how many a second; the variance of
    /// N gaps of shape k is then k·(N − 1) ÷ (k·N + 1) of the law's own. Ramp: <see cref="RampRate"/>. Trace: the trace's own times from the first request
    /// on, divided by its speed-up.
    /// </remarks>
    /// <param name="requests">At most <see cref="Most"/>.</param>
    /// <param name="trace">What <see cref="ArrivalKind.Trace"/> replays.</param>
    /// <param name="scaled">False leaves the gaps as the law gives them.</param>
    public static long[] Draw(TrafficConfig traffic, int requests, ulong seed, RecordedTrace? trace = null, bool scaled = true) => traffic switch
    {
        { Mode: ArrivalKind.Trace, Trace.Speedup: var speedup } =>
            Replay(trace ?? throw new ArgumentException("arrivals of a trace need one", nameof(trace)), requests, speedup),
        { Mode: ArrivalKind.Ramp, Ramp: { } ramp } => Climb(new(ramp), requests),
        _ => FromGaps(new(traffic.Mode, traffic.Burstiness, seed), requests, traffic.TargetQps, scaled),
    };

    static long[] FromGaps(GapLaw law, int requests, double rate, bool scaled)
    {
        var ends = new double[requests];
        double end = 0;
        for (var i = 0; i < requests; i++)
            ends[i] = end += law.Next();
        var seconds = requests / rate;
        // Of very bursty gaps all can be zero.
        return [.. ends.Select(at => Nanoseconds(!scaled ? at / rate : end > 0 ? at / end * seconds : seconds))];
    }

    static long[] Climb(RampRate ramp, int requests) => [.. Enumerable.Range(1, requests).Select(n => Nanoseconds(ramp.Seconds(n)))];

    static long[] Replay(RecordedTrace trace, int requests, double speedup)
    {
        var first = trace.Rows[0].Offset;
        return [.. trace.Rows.Take(requests).Select(row => Nanoseconds((row.Offset - first).Ticks / (double)TimeSpan.TicksPerSecond / speedup))];
    }

    static long Nanoseconds(double seconds) => (long)Math.Round(seconds * NanosecondsPerSecond);
}
