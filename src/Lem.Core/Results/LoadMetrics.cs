namespace Lem.Core.Results;

/// <summary>How requests went out, and whether the engine kept up. A closed loop and an open one answer different questions.</summary>
/// <param name="Kind">static_batches, closed_loop, open_loop; null where it was not recorded.</param>
/// <param name="Concurrency">Closed loop: users, each of whom waits for an answer before the next request.</param>
/// <param name="Arrivals">Open loop: constant, poisson, gamma, ramp, trace.</param>
/// <param name="RequestedRate">Open loop: requests per second that were to be sent.</param>
/// <param name="AchievedRate">Requests per second that were sent, answered or not, until the last was.</param>
/// <param name="Burstiness">Gamma arrivals: shape; below 1 burstier than Poisson.</param>
/// <param name="MaxConcurrency">Open loop: limit of requests in flight.</param>
/// <param name="MaxInFlight">Most requests under way at once, answered or not, from their intended starts.</param>
/// <param name="MeanInFlight">Their mean number over the window.</param>
/// <param name="Saturated">Open loop: requests in flight and TTFT still rose together at the end of the arrivals, or requests waited there in vain; null where the run was too short to tell.</param>
/// <param name="InFlightPerMinute">Slope of the number in flight at the end of the arrivals.</param>
/// <param name="TtftMsPerMinute">Slope of TTFT there.</param>
/// <param name="TokensPerChunk">Output tokens per arrival of a stream.</param>
public sealed record LoadMetrics(
    string? Kind = null,
    int? Concurrency = null,
    string? Arrivals = null,
    double? RequestedRate = null,
    double? AchievedRate = null,
    double? Burstiness = null,
    int? MaxConcurrency = null,
    int? MaxInFlight = null,
    double? MeanInFlight = null,
    bool? Saturated = null,
    double? InFlightPerMinute = null,
    double? TtftMsPerMinute = null,
    double? TokensPerChunk = null);
