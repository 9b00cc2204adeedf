using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Steady;

/// <summary>
/// The steady part of a closed loop of k slots: from when all slots have produced a first token until fewer than k requests remain, where it is
/// long enough, the slots were busy, and speed has no trend.
/// </summary>
public static class ClosedLoop
{
    const string Policy = "closed_loop";
    const double BusyShare = 0.95;
    const double ShortestSeconds = 10;
    const double ShortestShare = 0.1;

    public static SteadySpan Find(IReadOnlyList<RequestRun> requests, int concurrency, double windowSeconds)
    {
        if (concurrency < 1 || requests.Count <= concurrency)
            return SteadySpan.None(Policy, "no_more_requests_than_slots");

        var firstWave = requests.OrderBy(request => request.StartS).Take(concurrency).ToList();
        if (firstWave.Exists(request => request.FirstS is null))
            return SteadySpan.None(Policy, "a_slot_never_produced_a_token");
        var start = firstWave.Max(request => request.FirstS ?? 0);
        var end = requests.Select(request => request.EndS).Order().ElementAt(requests.Count - concurrency);
        if (end - start < Math.Max(ShortestSeconds, ShortestShare * windowSeconds))
            return SteadySpan.None(Policy, "shorter_than_ten_seconds_or_a_tenth_of_the_window");

        var inFlight = new InFlight(requests);
        return inFlight.Mean(start, end) < BusyShare * concurrency ? SteadySpan.None(Policy, "slots_were_not_busy")
            : Math.Abs(inFlight.SpeedTrend(start, end)) > RankTrend.Limit ? SteadySpan.None(Policy, "speed_has_a_trend")
            : new(Policy, start, end, null);
    }
}
