namespace Lem.Core.Results;

/// <summary>GPU memory of the devices that were used. Megabytes are 2^20 bytes, gigabytes 2^30.</summary>
/// <param name="TokensPerGbVram">Output tokens ÷ peak GPU memory.</param>
/// <param name="ModelMemoryUtilisation">Weights ÷ the GPUs' whole memory, 0–1.</param>
/// <param name="KvCacheMemoryRatio">KV cache ÷ peak memory, 0–1.</param>
public sealed record MemoryEfficiency(
    double? TotalVramMb,
    double? ModelMemoryMb,
    double? PeakMemoryMb,
    double? KvCacheMb,
    double? TokensPerGbVram,
    double? ModelMemoryUtilisation,
    double? KvCacheMemoryRatio);
