namespace Lem.Core.Metrics.Definitions;

/// <summary>compute_metrics and extended_metrics.</summary>
static class ComputeDefinitions
{
    const string NoFlops = "the architecture is unknown";
    const string EngineSilent = "the engine does not tell";
    const string NoGpu = "no GPU was used, or it does not tell";
    const string NoBatches = "the engine runs no static batches";

    public static IReadOnlyList<MetricDefinition> Compute { get; } =
    [
        new("compute_metrics.flops_total", "FLOP", "The headline count.", "flops_useful", NoFlops, "Counts operations, not their cost: equal for every precision and kernel."),
        new("compute_metrics.flops_useful", "FLOP", "Forward pass, causal and unpadded; a multiply-add counts two.", "Σ processes", NoFlops),
        new("compute_metrics.flops_executed", "FLOP", "What the kernels did: rectangles, padded KV, pad tokens.", "Σ processes; counted in the engine's graphs where flops_method is traced", NoFlops, "Can lie below flops_useful: llama.cpp leaves out the last feed-forward block of tokens whose logits nobody wants."),
        new("compute_metrics.flops_prefill", "FLOP", "Useful, of prompts.", "Σ processes", NoFlops),
        new("compute_metrics.flops_decode", "FLOP", "Useful, of generated tokens.", "Σ processes", NoFlops),
        new("compute_metrics.flops_per_token", "FLOP/token", "Useful for each token, input and output.", "flops_useful ÷ total_tokens", NoFlops + ", or no tokens"),
        new("compute_metrics.flops_per_second", "FLOP/s", "Useful rate.", "flops_useful ÷ inference_time_sec", NoFlops),
        new("compute_metrics.flops_method", "", "traced (executed counted by the engine, useful from the dimensions), architecture or parameters: the weakest of the processes.", NullWhen: NoFlops),
        new("compute_metrics.flops_confidence", "", "high, medium or low.", NullWhen: NoFlops),
        new("compute_metrics.compute_precision", "", "Precision of the arithmetic.", NullWhen: EngineSilent, Trap: "Not of storage: 4-bit weights unpacked to fp16 compute in fp16."),
        new("compute_metrics.mfu", "", "Model FLOP utilisation, 0–1.", "flops_per_second ÷ Σ peak of the GPUs used", "the GPUs' peak or the FLOPs are unknown"),
        new("compute_metrics.peak_memory_mb", "MiB", "Peak memory of all processes.", "Σ processes", EngineSilent, "Peaks need not coincide: an upper bound for several processes."),
        new("compute_metrics.model_memory_mb", "MiB", "Weights in memory, each process's copy.", "Σ processes", EngineSilent),
        new("compute_metrics.inference_memory_mb", "MiB", "Caches and workspace.", "peak_memory_mb − model_memory_mb", EngineSilent),
    ];

    public static IReadOnlyList<MetricDefinition> Extended { get; } =
    [
        new("extended_metrics.tpot_ms", "ms", "Mean time per output token after the first.", "mean over requests of (last − first) ÷ (output tokens − 1)", "no request has two stamped tokens"),
        new("extended_metrics.token_efficiency_index", "token²/(s·J)", "Speed times efficiency.", "output tokens/s × output tokens/J × precision_factor", "a factor is unknown", "Doubling the speed at equal J/token doubles it: a product, no efficiency."),
        new("extended_metrics.precision_factor", "", "fp32, tf32, fp16, bf16 1; mixed 0.75; fp8, int8 0.5; int4 0.25.", NullWhen: "the compute precision is unknown"),
        new("extended_metrics.memory.total_vram_mb", "MiB", "Memory of the GPUs used.", "Σ", NoGpu),
        new("extended_metrics.memory.model_memory_mb", "MiB", "Weights in memory.", "Σ processes", EngineSilent),
        new("extended_metrics.memory.peak_memory_mb", "MiB", "Peak memory, by the engine, else by the GPUs.", "Σ", EngineSilent),
        new("extended_metrics.memory.kv_cache_mb", "MiB", "KV cache as allocated.", "Σ processes", EngineSilent),
        new("extended_metrics.memory.tokens_per_gb_vram", "token/GiB", "Output tokens for each gigabyte of GPU memory.", "output_tokens ÷ (peak MiB ÷ 1024)", NoGpu, "Grows with the length of the run."),
        new("extended_metrics.memory.model_memory_utilisation", "", "Share of GPU memory that holds weights, 0–1.", "model_memory_mb ÷ total_vram_mb", NoGpu),
        new("extended_metrics.memory.kv_cache_memory_ratio", "", "Share of the peak that is KV cache, 0–1.", "kv_cache_mb ÷ peak_memory_mb", EngineSilent),
        new("extended_metrics.gpu_utilisation.sm_utilisation_mean", "%", "Share of time in which any kernel ran.", "mean over GPUs", NoGpu, "100 % may be one busy multiprocessor: not how full the GPU was."),
        new("extended_metrics.gpu_utilisation.sm_utilisation_samples", "", "Samples behind it.", "Σ", NoGpu),
        new("extended_metrics.gpu_utilisation.memory_bandwidth_utilisation", "%", "Share of time in which memory was accessed at all.", "mean over GPUs", NoGpu, "No share of bandwidth, whatever its name says."),
        new("extended_metrics.batch.effective_batch_size", "request", "Mean real batch.", "requests ÷ batches", NoBatches),
        new("extended_metrics.batch.batch_utilisation", "", "How full batches were, 0–1.", "effective ÷ configured batch size", NoBatches),
        new("extended_metrics.batch.padding_overhead", "", "Share of computed tokens that only filled a batch, 0–1.", "padding ÷ (padding + input + output)", NoBatches),
        new("extended_metrics.batch.num_batches", "", "Batches run.", "Σ processes", NoBatches),
        new("extended_metrics.kv_cache.kv_cache_hit_rate", "", "Prompt tokens found in the prefix cache, 0–1.", "hit ÷ looked up", EngineSilent + ", or it has none"),
        new("extended_metrics.kv_cache.kv_cache_blocks_used", "", "Most KV blocks in use at once.", "Σ processes", EngineSilent, "The size of a block is the engine's: one token in llama.cpp, usually 16 in vLLM."),
        new("extended_metrics.kv_cache.kv_cache_blocks_total", "", "KV blocks there are.", "Σ processes", EngineSilent),
        new("extended_metrics.request_latency.e2e_latency_mean_ms", "ms", "Mean end-to-end latency.", "latency_stats.e2e.mean", "no request succeeded"),
        new("extended_metrics.request_latency.e2e_latency_median_ms", "ms", "Median.", "latency_stats.e2e.p50", "no request succeeded"),
        new("extended_metrics.request_latency.e2e_latency_p95_ms", "ms", "95th percentile.", "latency_stats.e2e.p95", "no request succeeded"),
        new("extended_metrics.request_latency.e2e_latency_p99_ms", "ms", "99th percentile.", "latency_stats.e2e.p99", "no request succeeded"),
        new("extended_metrics.request_latency.e2e_latency_samples", "request", "Requests behind it.", "latency_stats.e2e.n"),
    ];
}
