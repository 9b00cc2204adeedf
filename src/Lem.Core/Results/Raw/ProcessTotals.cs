namespace Lem.Core.Results.Raw;

/// <summary>What one process did in the window. Padding and tokens after the end of text are neither input nor output.</summary>
/// <param name="InputTokens">Prompt tokens that were computed, after truncation.</param>
/// <param name="PaddingTokens">Tokens computed only to fill a batch; null where the engine does not tell.</param>
/// <param name="Batches">Static batches run; null under continuous batching.</param>
/// <param name="ConfiguredBatchSize">Largest batch asked for; null under continuous batching.</param>
public sealed record ProcessTotals(
    int Requests,
    int FailedRequests,
    long InputTokens,
    long OutputTokens,
    long? PaddingTokens,
    int? Batches,
    int? ConfiguredBatchSize);
