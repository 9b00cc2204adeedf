namespace Lem.Core.Metrics.Flops;

/// <summary>One computation of the model's graph (llama.cpp's ubatch).</summary>
/// <param name="Tokens">Tokens through the layers.</param>
/// <param name="Outputs">Of those, tokens whose logits are wanted: only they pass the last feed-forward block and the head.</param>
/// <param name="Cells">n_kv: cells of the cache that attention runs over, padding included.</param>
public readonly record struct MicroBatch(int Tokens, int Outputs, int Cells);
