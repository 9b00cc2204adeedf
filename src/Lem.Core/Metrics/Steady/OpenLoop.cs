using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Steady;

/// <summary>
/// The steady part of an open loop: from where MSER-5 cuts the filling of the queue off the number of requests in flight, to the last arrival
/// (what comes after it only drains), where speed has no trend.
/// </summary>
public static class OpenLoop
{
    const string Policy = "open_loop_mser5";
    const int Samples = 500;

    public static SteadySpan Find(IReadOnlyList<RequestRun> requests)
    {
        if (requests.Count < TruncationPoint.FewestValues)
            return SteadySpan.None(Policy, "fewer_than_fifty_requests");

        var (open, last) = (requests.Min(request => request.StartS), requests.Max(request => request.StartS));
        if (last <= open)
            return SteadySpan.None(Policy, "all_requests_arrived_at_once");
        var inFlight = new InFlight(requests);
        if (TruncationPoint.Mser5(inFlight.Sampled(open, last, Samples)) is not { } cut)
            return SteadySpan.None(Policy, "requests_in_flight_never_settled");

        var start = open + cut * (last - open) / Samples;
        return Math.Abs(inFlight.SpeedTrend(start, last)) > RankTrend.Limit
            ? SteadySpan.None(Policy, "speed_has_a_trend")
            : new(Policy, start, last, null);
    }
}
