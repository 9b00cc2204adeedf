namespace Lem.Measurement.Engines;

/// <summary>Something that happened to a request inside an engine, at a stamp of the shared monotonic clock.</summary>
/// <param name="Request">Index of the request (<see cref="GenerationRequest.Index"/>); −1 for a whole batch.</param>
/// <param name="Timestamp">Monotonic stamp (<see cref="TimeProvider.GetTimestamp"/>) taken when the engine, or its first byte, had it.</param>
/// <param name="Tokens">Output tokens in this event: 1 from engines that step, more from servers that bunch, <see cref="Unknown"/> where it does not say.</param>
/// <param name="TokenId">The token, where one is known; else −1.</param>
/// <param name="Usage">With Finished and Failed: what the engine itself counted, where it does.</param>
/// <param name="Text">The output's text, from engines that answer in text and were asked to keep it.</param>
public readonly record struct TokenEvent(
    TokenEventKind Kind,
    int Request,
    long Timestamp,
    int Tokens = 0,
    int TokenId = -1,
    RequestFailure? Failure = null,
    RequestUsage? Usage = null,
    string? Text = null)
{
    /// <summary>Tokens came, and nobody says how many.</summary>
    public const int Unknown = -1;
}
