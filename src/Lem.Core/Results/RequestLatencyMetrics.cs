namespace Lem.Core.Results;

/// <summary>End-to-end latency of requests, by the names of the older documents.</summary>
public sealed record RequestLatencyMetrics(
    double? E2eLatencyMeanMs,
    double? E2eLatencyMedianMs,
    double? E2eLatencyP95Ms,
    double? E2eLatencyP99Ms,
    long E2eLatencySamples);
