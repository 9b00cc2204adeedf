namespace Lem.Measurement.Engines;

/// <summary>Something that happened to a request inside an engine, at a stamp of the shared monotonic clock.</summary>
/// <param name="Request">Index of the request (<see cref="GenerationRequest.Index"/>); −1 for a whole batch.</param>
/// <param name="Timestamp">Monotonic stamp (<see cref="TimeProvider.GetTimestamp"/>) taken when the engine had it.</param>
/// <param name="Tokens">Output tokens in this event: 1 from engines that step, more from servers that bunch.</param>
/// <param name="TokenId">The token, where one is known; else −1.</param>
public readonly record struct TokenEvent(
    TokenEventKind Kind,
    int Request,
    long Timestamp,
    int Tokens = 0,
    int TokenId = -1,
    RequestFailure? Failure = null);
