using Lem.Core.Metrics;
using Lem.Core.Results.Aggregation;

namespace Lem.Core.Results.Migration;

/// <summary>extended_metrics as the older tools recorded them; their zeros of memory mean "not measured".</summary>
static class OldExtended
{
    public static ExtendedMetrics Of(OldDocument? old, string? precision, LatencyStats latency, Reasons reasons)
    {
        reasons.Because("extended_metrics.precision_factor", "no_compute_precision");
        return new ExtendedMetrics(
            null,
            old?.Number("token_efficiency_index"),
            Efficiency.PrecisionFactor(precision),
            new MemoryEfficiency(
                old?.Positive("memory.total_vram_mb"),
                old?.Positive("memory.model_memory_mb"),
                old?.Positive("memory.peak_memory_mb"),
                old?.Number("memory.kv_cache_mb"),
                old?.Number("memory.tokens_per_gb_vram"),
                old?.Number("memory.model_memory_utilisation"),
                old?.Number("memory.kv_cache_memory_ratio")),
            new GpuUtilisation(
                old?.Number("gpu_utilisation.sm_utilisation_mean"),
                old?.Count("gpu_utilisation.sm_utilisation_samples") is > 0 and <= int.MaxValue and var samples ? (int)samples : null,
                old?.Number("gpu_utilisation.memory_bandwidth_utilisation")),
            new BatchEfficiency(
                old?.Number("batch.effective_batch_size"),
                old?.Number("batch.batch_utilisation"),
                old?.Number("batch.padding_overhead"),
                old?.Count("batch.num_batches") is <= int.MaxValue and var batches ? (int)batches : null),
            new KvCacheEfficiency(
                old?.Number("kv_cache.kv_cache_hit_rate"),
                old?.Count("kv_cache.kv_cache_blocks_used"),
                old?.Count("kv_cache.kv_cache_blocks_total")),
            new RequestLatencyMetrics(latency.E2e.Mean, latency.E2e.P50, latency.E2e.P95, latency.E2e.P99, latency.E2e.N));
    }
}
