namespace Lem.Core.Results;

/// <summary>The stable set of further efficiency figures: always present, null with a reason.</summary>
/// <param name="TpotMs">Mean over requests of the time per output token after the first.</param>
/// <param name="TokenEfficiencyIndex">Output tokens/s × output tokens/J × precision factor.</param>
/// <param name="PrecisionFactor">fp32, tf32, fp16, bf16 1; fp8, int8 0.5; int4 0.25; mixed 0.75.</param>
public sealed record ExtendedMetrics(
    double? TpotMs,
    double? TokenEfficiencyIndex,
    double? PrecisionFactor,
    MemoryEfficiency Memory,
    GpuUtilisation GpuUtilisation,
    BatchEfficiency Batch,
    KvCacheEfficiency KvCache,
    RequestLatencyMetrics RequestLatency);
