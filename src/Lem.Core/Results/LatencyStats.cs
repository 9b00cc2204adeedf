namespace Lem.Core.Results;

/// <summary>Latencies of the successful requests of all processes, from the merged raw values. Milliseconds.</summary>
/// <param name="Ttft">First output token − intended start.</param>
/// <param name="Itl">Every gap between consecutive output tokens.</param>
/// <param name="ItlTrimmed">The same without each request's first and last gap: for comparison with older results.</param>
/// <param name="Tpot">(last − first) ÷ (output tokens − 1), one per request.</param>
/// <param name="E2e">Last output token − intended start.</param>
/// <param name="Service">Last output token − actual send.</param>
/// <param name="ChunkGap">Every gap between consecutive arrivals, however many tokens they held.</param>
/// <param name="DispatchDelay">Actual send − intended start: the load generator's own lateness.</param>
/// <param name="TtftComponents">Null where the engine does not tell.</param>
/// <param name="Decode">Last output token − first, one per request.</param>
/// <param name="Goodput">Requests per second that kept every objective; failures and misses count against it.</param>
public sealed record LatencyStats(
    DistributionSummary Ttft,
    DistributionSummary Itl,
    DistributionSummary ItlTrimmed,
    DistributionSummary Tpot,
    DistributionSummary E2e,
    DistributionSummary Service,
    DistributionSummary ChunkGap,
    DistributionSummary DispatchDelay,
    LatencyObjectives Objectives,
    long? GoodRequests,
    double? Goodput,
    double? JoulesPerGoodRequest,
    TtftComponents? TtftComponents = null,
    DistributionSummary? Decode = null);
