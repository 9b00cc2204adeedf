namespace Lem.Measurement.Load;

/// <summary>What decides when a request goes out.</summary>
public abstract record LoadShape;

/// <summary>A closed loop: each of a fixed number of users sends the next request when the last one is answered.</summary>
/// <param name="Users">Requests in flight, as long as there are so many left.</param>
public sealed record FixedConcurrency(int Users) : LoadShape;

/// <summary>An open loop: requests come when they come, whether or not earlier ones are answered.</summary>
/// <param name="OffsetsNs">Intended starts, nanoseconds since window open, rising; one for each request.</param>
/// <param name="MaxConcurrency">Most requests in flight; one that has to wait keeps its intended start. Null = no limit.</param>
public sealed record TimedArrivals(IReadOnlyList<long> OffsetsNs, int? MaxConcurrency) : LoadShape;
