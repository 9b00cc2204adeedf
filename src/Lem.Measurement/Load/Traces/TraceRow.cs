namespace Lem.Measurement.Load.Traces;

/// <summary>One request of a recorded trace.</summary>
/// <param name="Offset">Since the trace's first request.</param>
/// <param name="InputTokens">Tokens of its prompt, at least 1.</param>
/// <param name="OutputTokens">Tokens it was answered with, at least 1.</param>
/// <param name="Blocks">
/// Ids of the prompt's blocks of <see cref="RecordedTrace.BlockTokens"/> tokens, the last of which may be shorter: two prompts share a beginning
/// as far as their ids agree. Null where the trace does not tell.
/// </param>
public readonly record struct TraceRow(TimeSpan Offset, int InputTokens, int OutputTokens, IReadOnlyList<long>? Blocks = null);
