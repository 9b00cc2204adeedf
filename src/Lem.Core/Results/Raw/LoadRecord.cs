namespace Lem.Core.Results.Raw;

/// <summary>How requests were to go out.</summary>
/// <param name="Kind">static_batches, closed_loop, open_loop.</param>
/// <param name="Concurrency">Closed loop: users, each of whom waits for an answer before the next request.</param>
/// <param name="Arrivals">Open loop: constant, poisson, gamma, ramp, trace.</param>
/// <param name="RequestedRate">Open loop: requests per second over the whole schedule.</param>
/// <param name="MaxConcurrency">Open loop: most requests in flight; null = no limit.</param>
/// <param name="Seed">Of the arrivals.</param>
public sealed record LoadRecord(
    string Kind,
    int? Concurrency = null,
    string? Arrivals = null,
    double? RequestedRate = null,
    double? Burstiness = null,
    int? MaxConcurrency = null,
    ulong? Seed = null);
