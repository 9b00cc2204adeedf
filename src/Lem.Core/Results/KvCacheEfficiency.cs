namespace Lem.Core.Results;

/// <summary>Prefix cache of engines with paged attention.</summary>
/// <param name="KvCacheHitRate">Prompt tokens found in the cache ÷ looked up, 0–1.</param>
public sealed record KvCacheEfficiency(double? KvCacheHitRate, long? KvCacheBlocksUsed, long? KvCacheBlocksTotal);
