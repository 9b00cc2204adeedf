namespace Lem.Core.Results;

/// <summary>A stretch of time: labels by the wall clock, length by the monotonic one.</summary>
/// <param name="DurationSec">Seconds on the monotonic clock; may differ from the labels' difference when the wall clock was set.</param>
public sealed record Timestamps(DateTimeOffset Start, DateTimeOffset End, double DurationSec);
