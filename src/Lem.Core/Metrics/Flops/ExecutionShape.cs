namespace Lem.Core.Metrics.Flops;

/// <summary>How an engine lays out the work of a batch: decides executed, never useful FLOP.</summary>
/// <param name="KeyValueMultiple">Attention runs over the key-value cache rounded up to this many tokens.</param>
/// <param name="PrefillChunkTokens">Prompts are computed in pieces of this many tokens, each over the cache so far; null is all at once.</param>
/// <param name="PadsRows">Static batches: prompts are padded to the longest, and finished rows run on until the last has ended.</param>
public sealed record ExecutionShape(int KeyValueMultiple = 1, int? PrefillChunkTokens = null, bool PadsRows = true)
{
    /// <summary>llama.cpp: cache padded to 256, prompts in pieces of <c>n_ubatch</c>, rows of any length without padding.</summary>
    public static ExecutionShape LlamaCpp(int microBatchTokens) => new(256, microBatchTokens, PadsRows: false);

    /// <summary>Static batches with eager attention, as Transformers runs them.</summary>
    public static readonly ExecutionShape StaticBatches = new();

    /// <summary>Tokens over which attention really runs when the cache holds this many.</summary>
    public double Padded(long tokens) => (tokens + KeyValueMultiple - 1) / KeyValueMultiple * (double)KeyValueMultiple;
}
