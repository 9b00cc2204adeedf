namespace Lem.Tests.Shared.Serving;

/// <summary>
/// vLLM's <c>/metrics</c>. Names by version, from <c>vllm/v1/metrics/loggers.py</c> and <c>vllm/v1/spec_decode/metrics.py</c> of 0.8, 0.10 and
/// 0.12, and <c>vllm/engine/metrics.py</c> of 0.6: KV usage is <c>gpu_cache_usage_perc</c> before 0.9.2 and <c>kv_cache_usage_perc</c> since (both until 0.11);
/// prefix counters are <c>gpu_prefix_cache_*</c> before 0.9 and <c>prefix_cache_*</c> since; <c>time_per_output_token_seconds</c> became
/// <c>inter_token_latency_seconds</c> in 0.11 (both there).
/// </summary>
static class VllmMetrics
{
    static readonly Version V08 = new(0, 8), V09 = new(0, 9), V092 = new(0, 9, 2), V011 = new(0, 11), V012 = new(0, 12);

    public static string Write(MockServer server)
    {
        var (options, statistics, version) = (server.Options, server.Statistics, server.Options.ParsedVersion);
        var labels = $"engine=\"0\",model_name=\"{options.Model}\"";
        var page = new PrometheusText(version < V08 ? $"model_name=\"{options.Model}\"" : labels);
        page.Gauge("vllm:num_requests_running", server.Slots.Running, "Number of requests in model execution batches.")
            .Gauge("vllm:num_requests_waiting", server.Slots.Waiting, "Number of requests waiting to be processed.");
        WriteCache(page, options, statistics, version);
        page.Counter("vllm:num_preemptions_total", statistics.Preemptions, "Cumulative number of preemption from the engine.")
            .Counter("vllm:prompt_tokens_total", statistics.PromptTokens, "Number of prefill tokens processed.")
            .Counter("vllm:generation_tokens_total", statistics.GenerationTokens, "Number of generation tokens processed.")
            .Counter("vllm:request_success_total", statistics.Succeeded, "Count of successfully processed requests.", "finished_reason=\"length\"")
            .Histogram("vllm:time_to_first_token_seconds", statistics.TimeToFirstToken, "Histogram of time to first token in seconds.");
        // Both, from the old name to the new.
        if (version < V012)
            page.Histogram("vllm:time_per_output_token_seconds", statistics.InterTokenLatency, "Histogram of time per output token in seconds.");
        if (version >= V011)
            page.Histogram("vllm:inter_token_latency_seconds", statistics.InterTokenLatency, "Histogram of inter-token latency in seconds.")
                .Histogram("vllm:request_time_per_output_token_seconds", statistics.TimePerOutputToken, "Histogram of TPOT per request.");
        page.Histogram("vllm:e2e_request_latency_seconds", statistics.EndToEnd, "Histogram of e2e request latency in seconds.")
            .Histogram("vllm:request_queue_time_seconds", statistics.QueueTime, "Histogram of time spent in WAITING phase for request.");
        if (options.DraftTokens is { } drafted)
            WriteSpeculation(page, statistics, drafted, version);
        var cache = $"block_size=\"{MockOptions.BlockTokens}\",cache_dtype=\"auto\",enable_prefix_caching=\"{options.PrefixCache}\","
            + $"engine=\"0\",gpu_memory_utilization=\"0.9\",num_gpu_blocks=\"{options.KvBlocks}\"";
        page.Info("vllm:cache_config_info", cache, "Information of the LLMEngine CacheConfig");
        return page.ToString();
    }

    static void WriteCache(PrometheusText page, MockOptions options, ServiceStatistics statistics, Version version)
    {
        var usage = Math.Min(1, (double)statistics.KvTokens / (options.KvBlocks * MockOptions.BlockTokens));
        if (version < V012)
            page.Gauge("vllm:gpu_cache_usage_perc", usage, "GPU KV-cache usage. 1 means 100 percent usage.");
        if (version >= V092)
            page.Gauge("vllm:kv_cache_usage_perc", usage, "KV-cache usage. 1 means 100 percent usage.");
        if (version < V08)
        {
            var hitRate = statistics.CacheQueries == 0 ? -1 : (double)statistics.CacheHits / statistics.CacheQueries;
            page.Gauge("vllm:num_requests_swapped", 0, "Number of requests swapped to CPU.")
                .Gauge("vllm:cpu_cache_usage_perc", 0, "CPU KV-cache usage. 1 means 100 percent usage.")
                .Gauge("vllm:gpu_prefix_cache_hit_rate", hitRate, "GPU prefix cache block hit rate.");
            return;
        }

        var prefix = version < V09 ? "vllm:gpu_prefix_cache" : "vllm:prefix_cache";
        page.Counter($"{prefix}_queries_total", statistics.CacheQueries, "Prefix cache queries, in terms of number of queried tokens.")
            .Counter($"{prefix}_hits_total", statistics.CacheHits, "Prefix cache hits, in terms of number of cached tokens.");
    }

    static void WriteSpeculation(PrometheusText page, ServiceStatistics statistics, int drafted, Version version)
    {
        var (drafts, accepted) = statistics.Speculation;
        if (version >= V08)
            page.Counter("vllm:spec_decode_num_drafts_total", drafts, "Number of spec decoding drafts.");
        else
            page.Gauge("vllm:spec_decode_draft_acceptance_rate", drafts == 0 ? 0 : (double)accepted / (drafts * drafted), "Speculative token acceptance rate.")
                .Counter("vllm:spec_decode_num_emitted_tokens_total", accepted + drafts, "Number of emitted tokens.");
        page.Counter("vllm:spec_decode_num_draft_tokens_total", drafts * drafted, "Number of draft tokens.")
            .Counter("vllm:spec_decode_num_accepted_tokens_total", accepted, "Number of accepted tokens.");
    }
}
