using Lem.Core.Metrics;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>extended_metrics: the stable set, recomputed from the merged raw facts.</summary>
static class ExtendedSection
{
    const string Path = "extended_metrics";

    public static ExtendedMetrics Of(
        RawRun run, IReadOnlyList<RawProcess> processes, InferenceMetrics inference, EnergyMetrics energy, LatencyStats latency, Reasons reasons)
    {
        var factor = Efficiency.PrecisionFactor(run.Experiment.Model.ComputePrecision);
        var outputPerJoule = Efficiency.TokensPerJoule(inference.OutputTokens, energy.TotalEnergyJ);
        reasons.Because($"{Path}.tpot_ms", reasons.Of("latency_stats.tpot.mean"));
        reasons.Because($"{Path}.precision_factor", run.Experiment.Model.ComputePrecision is null ? "engine_does_not_tell" : "precision_has_no_factor");
        reasons.Because(
            $"{Path}.token_efficiency_index",
            factor is null ? "no_precision_factor" : reasons.Of("energy_metrics.tokens_per_joule") ?? "window_has_no_length");
        reasons.Because($"{Path}.request_latency", reasons.Of("latency_stats.e2e.mean"));
        return new ExtendedMetrics(
            latency.Tpot.Mean,
            Efficiency.TokenEfficiencyIndex(inference.OutputTokensPerSecond, outputPerJoule, factor),
            factor,
            Memory(UsedGpus(run.Host, processes), processes, inference.OutputTokens, reasons),
            Utilisation(UsedGpus(run.Host, processes), reasons),
            Batches(processes, reasons),
            KvCache(processes, reasons),
            new RequestLatencyMetrics(latency.E2e.Mean, latency.E2e.P50, latency.E2e.P95, latency.E2e.P99, latency.E2e.N));
    }

    /// <summary>The GPUs that processes of this run call their own.</summary>
    public static IReadOnlyList<GpuTelemetry> UsedGpus(RawHost? host, IReadOnlyList<RawProcess> processes)
    {
        var owned = processes.SelectMany(p => p.Devices).ToHashSet(StringComparer.Ordinal);
        return [.. (host?.Gpus ?? []).DistinctBy(g => g.Device).Where(g => owned.Contains(g.Device))];
    }

    static MemoryEfficiency Memory(IReadOnlyList<GpuTelemetry> gpus, IReadOnlyList<RawProcess> processes, long outputTokens, Reasons reasons)
    {
        var onGpu = gpus.Count > 0;
        var total = onGpu && gpus.All(g => g.MemoryTotalMb is not null) ? gpus.Sum(g => g.MemoryTotalMb) : null;
        var seen = onGpu && gpus.All(g => g.MemoryPeakMb is not null) ? gpus.Sum(g => g.MemoryPeakMb) : null;
        var model = ComputeSection.Megabytes(processes, p => p.Memory.ModelBytes);
        var cache = ComputeSection.Megabytes(processes, p => p.Memory.KvCacheBytes);

        // An engine's own count leaves out other users of the card; the card's own is the second best.
        var peak = ComputeSection.Megabytes(processes, p => p.Memory.PeakBytes) ?? seen;
        var gpuPeak = onGpu ? peak : null;

        var noGpu = onGpu ? "gpu_does_not_tell" : "no_gpu_used";
        reasons.Because($"{Path}.memory.total_vram_mb", noGpu);
        reasons.Because($"{Path}.memory.tokens_per_gb_vram", noGpu);
        reasons.Because($"{Path}.memory.model_memory_utilisation", onGpu && total is not null ? "engine_does_not_tell" : noGpu);
        reasons.Because($"{Path}.memory", reasons.Of("compute_metrics.peak_memory_mb"));
        return new MemoryEfficiency(
            total,
            model,
            peak,
            cache,
            gpuPeak > 0 ? outputTokens / (gpuPeak / 1024) : null,
            total > 0 ? model / total : null,
            peak > 0 ? cache / peak : null);
    }

    static GpuUtilisation Utilisation(IReadOnlyList<GpuTelemetry> gpus, Reasons reasons)
    {
        var compute = gpus.Where(g => g.SmUtilisationMeanPct is not null).ToList();
        var memory = gpus.Where(g => g.MemoryUtilisationMeanPct is not null).ToList();
        reasons.Because($"{Path}.gpu_utilisation", gpus.Count == 0 ? "no_gpu_used" : "gpu_does_not_tell");
        return new GpuUtilisation(
            compute.Count > 0 ? compute.Average(g => g.SmUtilisationMeanPct) : null,
            compute.Count > 0 ? compute.Sum(g => g.UtilisationSamples) : null,
            memory.Count > 0 ? memory.Average(g => g.MemoryUtilisationMeanPct) : null);
    }

    static BatchEfficiency Batches(IReadOnlyList<RawProcess> processes, Reasons reasons)
    {
        reasons.Because($"{Path}.batch", "no_static_batches");
        if (processes.Count == 0 || processes.Any(p => p.Totals.Batches is null or 0))
            return new BatchEfficiency(null, null, null, null);

        reasons.Because($"{Path}.batch.padding_overhead", "engine_does_not_tell");
        reasons.Because($"{Path}.batch.batch_utilisation", "no_configured_batch_size");
        var batches = processes.Sum(p => p.Totals.Batches ?? 0);
        var effective = (double)processes.Sum(p => p.Totals.Requests) / batches;
        var configured = processes.Max(p => p.Totals.ConfiguredBatchSize);
        long? padding = processes.All(p => p.Totals.PaddingTokens is not null) ? processes.Sum(p => p.Totals.PaddingTokens) : null;
        var tokens = processes.Sum(p => p.Totals.InputTokens + p.Totals.OutputTokens) + padding;
        return new BatchEfficiency(
            effective,
            configured > 0 ? effective / configured : null,
            tokens > 0 ? (double?)padding / tokens : null,
            batches);
    }

    static KvCacheEfficiency KvCache(IReadOnlyList<RawProcess> processes, Reasons reasons)
    {
        var told = processes.Select(p => p.KvCache).OfType<KvCacheStatistics>().ToList();
        if (told.Count > 0 && told.All(k => k.QueryTokens is null))
            reasons.Because($"{Path}.kv_cache.kv_cache_hit_rate", "engine_has_no_prefix_cache");
        reasons.Because($"{Path}.kv_cache", "engine_does_not_tell");
        if (told.Count == 0 || told.Count < processes.Count)
            return new KvCacheEfficiency(null, null, null);
        var hits = told.All(k => k.HitTokens is not null) ? told.Sum(k => k.HitTokens) : null;
        var queries = told.All(k => k.QueryTokens is not null) ? told.Sum(k => k.QueryTokens) : null;
        return new KvCacheEfficiency(
            queries > 0 ? (double?)hits / queries : null,
            told.All(k => k.BlocksUsed is not null) ? told.Sum(k => k.BlocksUsed) : null,
            told.All(k => k.BlocksTotal is not null) ? told.Sum(k => k.BlocksTotal) : null);
    }
}
