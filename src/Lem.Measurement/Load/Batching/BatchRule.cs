namespace Lem.Measurement.Load.Batching;

/// <summary>When a batch is full, and whether prompts of like length are brought together first.</summary>
/// <param name="MaxRows">Most requests in a batch.</param>
/// <param name="MaxTokens">Most tokens in the rectangle rows × longest prompt; null = unbounded. One longer prompt is a batch of its own.</param>
sealed record BatchRule(int MaxRows, int? MaxTokens = null, bool SortByLength = false);
