namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>What an answer may take before it counts as failed.</summary>
/// <param name="Total">From send to end.</param>
/// <param name="Idle">Between two reads once output has begun: before it, a long queue is no fault.</param>
/// <param name="LineBytes">Bytes without the end of an event.</param>
sealed record StreamLimits(TimeSpan Total, TimeSpan Idle, long LineBytes = 16L << 20);
