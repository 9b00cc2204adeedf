using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Steady;

/// <summary>Whether an open loop sent more than the engine could take: the queue, and with it the wait for a first token, still grew when the last requests came.</summary>
/// <remarks>
/// Looked at is the end of the arrivals: half of their time, 30 s at least and 120 s at most. Saturated is where both the number in flight and TTFT rise there: by Spearman's ρ of ten
/// means (no trend up to 0.65), and by a quarter of their own mean at least, since a stable queue wanders too. A request that failed before its first token waited at least until then.
/// Where requests time out, neither rises any more: saturated too is where a tenth of the late ones failed after a longer wait than any had that got its token.
/// </remarks>
/// <param name="InFlightPerMinute">Slope of the number in flight, requests per minute.</param>
/// <param name="TtftMsPerMinute">Slope of TTFT.</param>
public sealed record Saturation(bool? Saturated, double? InFlightPerMinute, double? TtftMsPerMinute, string? Reason)
{
    const double ShortestSeconds = 30;
    const double LongestSeconds = 120;
    const double LeastRise = 0.25;
    const double LeastInVain = 0.1;
    const int FewestRequests = 30;
    const int Samples = 100;

    public static Saturation Find(IReadOnlyList<RequestRun> requests)
    {
        var last = requests.Count == 0 ? 0 : requests.Max(request => request.StartS);
        var from = Math.Max(0, last - Math.Clamp(last / 2, ShortestSeconds, LongestSeconds));
        List<RequestRun> late = [.. requests.Where(request => request.StartS >= from).OrderBy(request => request.StartS)];
        if (late.Count < FewestRequests || last <= from)
            return new(null, null, null, "fewer_than_thirty_requests");

        var inFlight = new InFlight(requests).Sampled(from, last, Samples);
        var ttft = late.Select(request => Wait(request) * 1e3).ToArray();
        var (queue, wait) = (Trend(inFlight, last - from), Trend(ttft, last - from));
        return new((queue.Rises && wait.Rises) || WaitedInVain(late, requests) >= LeastInVain * late.Count, queue.PerMinute, wait.PerMinute, null);
    }

    static double Wait(RequestRun request) => (request.FirstS ?? request.EndS) - request.StartS;

    // Held against all answers: where the late requests were turned away at once, or none was ever answered, nobody waited in vain.
    static int WaitedInVain(List<RequestRun> late, IReadOnlyList<RequestRun> all)
    {
        var longest = all.Where(request => request.FirstS is not null).Select(Wait).DefaultIfEmpty(double.PositiveInfinity).Max();
        return late.Count(request => request.FirstS is null && Wait(request) > longest);
    }

    static (bool Rises, double PerMinute) Trend(double[] series, double seconds)
    {
        var slope = LinearTrend.Of(series)?.Slope ?? 0;
        var rise = slope * (series.Length - 1);
        var mean = Descriptive.Sum(series) / series.Length;
        return (RankTrend.Of(series) > RankTrend.Limit && rise >= LeastRise * mean, rise / seconds * 60);
    }
}
