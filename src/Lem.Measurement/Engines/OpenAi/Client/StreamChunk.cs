namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>One event of a completion stream, as far as measuring needs it.</summary>
/// <param name="HasOutput">It brought output tokens.</param>
/// <param name="Tokens">How many, or <see cref="TokenEvent.Unknown"/>.</param>
/// <param name="IsDone">The line that ends a stream: <c>[DONE]</c>.</param>
/// <param name="FinishReason">The output is complete, in the server's word; null before.</param>
/// <param name="Error">The server's own words, where it breaks off.</param>
readonly record struct StreamChunk(
    bool HasOutput = false, int Tokens = 0, bool IsDone = false, string? FinishReason = null, string? Text = null, string? Error = null);
