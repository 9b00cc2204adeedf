namespace Lem.Core.Metrics.Flops;

/// <summary>How an engine lays out the work of a batch: decides executed, never useful FLOP.</summary>
/// <param name="KeyValueMultiple">Attention runs over the key-value cache rounded up to this many tokens.</param>
/// <param name="PrefillChunkTokens">Prompts are computed in pieces of this many tokens, each over the cache so far; null is all at once.</param>
/// <param name="PadsRows">Static batches: prompts are padded to the longest, and finished rows run on until the last has ended.</param>
/// <param name="EndsAtOutputs">The last layer's feed-forward block runs only for tokens whose logits are wanted, as the head does.</param>
/// <param name="MicroBatches">Exactly which graphs a batch makes, where that is known; what the other parameters say is then in it.</param>
public sealed record ExecutionShape(
    int KeyValueMultiple = 1, int? PrefillChunkTokens = null, bool PadsRows = true, bool EndsAtOutputs = false, MicroBatchPlan? MicroBatches = null)
{
    /// <summary>
    /// llama.cpp: cache padded to 256, prompts in pieces of <c>n_ubatch</c>, rows of any length without padding, nothing after the last
    /// attention for tokens that give no logits (<c>inp_out_ids</c>).
    /// </summary>
    public static ExecutionShape LlamaCpp(MicroBatchPlan plan) =>
        new(MicroBatchPlan.CellBlock, plan.MicroBatchTokens, PadsRows: false, EndsAtOutputs: true, plan);

    /// <summary>As <see cref="LlamaCpp(MicroBatchPlan)"/>, with a stream of cells for each row and batches that fit one call.</summary>
    public static ExecutionShape LlamaCpp(int microBatchTokens) => LlamaCpp(new MicroBatchPlan(int.MaxValue, microBatchTokens, IsUnified: false, int.MaxValue));

    /// <summary>Static batches with eager attention, as Transformers runs them.</summary>
    public static readonly ExecutionShape StaticBatches = new();

    /// <summary>Continuous batching over paged attention: rows come and go, nothing is padded.</summary>
    public static readonly ExecutionShape Serving = new(PadsRows: false);

    /// <summary>Tokens over which attention really runs when the cache holds this many.</summary>
    public double Padded(long tokens) => (tokens + KeyValueMultiple - 1) / KeyValueMultiple * (double)KeyValueMultiple;
}
