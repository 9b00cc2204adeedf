using System.Globalization;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>What a server publishes of itself at one moment, under names of ours. Totals count since its start; null = not published.</summary>
/// <param name="CacheUsage">Share of the KV cache in use, 0–1.</param>
/// <param name="QueueSeconds">Sum over requests of their time in the queue.</param>
/// <param name="QueueCount">Requests in that sum.</param>
/// <param name="DraftTokens">Tokens that speculative decoding proposed.</param>
/// <param name="Drafts">Proposals, of one or more tokens each.</param>
sealed record ServerCounters(
    double? Running = null,
    double? Waiting = null,
    double? CacheUsage = null,
    double? CacheBlocks = null,
    double? PromptTokens = null,
    double? GeneratedTokens = null,
    double? PrefixHits = null,
    double? PrefixQueries = null,
    double? Preemptions = null,
    double? QueueSeconds = null,
    double? QueueCount = null,
    double? PrefillSeconds = null,
    double? PrefillCount = null,
    double? TtftSeconds = null,
    double? TtftCount = null,
    double? TpotSeconds = null,
    double? TpotCount = null,
    double? DraftTokens = null,
    double? AcceptedTokens = null,
    double? Drafts = null)
{
    /// <summary>vLLM 0.6 to 0.24: <c>vllm/v1/metrics/loggers.py</c> and <c>vllm/v1/spec_decode/metrics.py</c>; names of older versions second.</summary>
    public static ServerCounters OfVllm(PrometheusPage page) => new(
        page.Sum("vllm:num_requests_running"),
        page.Sum("vllm:num_requests_waiting"),
        page.Max("vllm:kv_cache_usage_perc") ?? page.Max("vllm:gpu_cache_usage_perc"),
        Number(page.Label("vllm:cache_config_info", "num_gpu_blocks")),
        page.Sum("vllm:prompt_tokens_total", "vllm:prompt_tokens"),
        page.Sum("vllm:generation_tokens_total", "vllm:generation_tokens"),
        page.Sum("vllm:prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits"),
        page.Sum("vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries"),
        page.Sum("vllm:num_preemptions_total", "vllm:num_preemptions"),
        page.Sum("vllm:request_queue_time_seconds_sum"),
        page.Sum("vllm:request_queue_time_seconds_count"),
        page.Sum("vllm:request_prefill_time_seconds_sum"),
        page.Sum("vllm:request_prefill_time_seconds_count"),
        page.Sum("vllm:time_to_first_token_seconds_sum"),
        page.Sum("vllm:time_to_first_token_seconds_count"),
        page.Sum("vllm:request_time_per_output_token_seconds_sum", "vllm:time_per_output_token_seconds_sum", "vllm:inter_token_latency_seconds_sum"),
        page.Sum("vllm:request_time_per_output_token_seconds_count", "vllm:time_per_output_token_seconds_count", "vllm:inter_token_latency_seconds_count"),
        page.Sum("vllm:spec_decode_num_draft_tokens_total", "vllm:spec_decode_num_draft_tokens"),
        page.Sum("vllm:spec_decode_num_accepted_tokens_total", "vllm:spec_decode_num_accepted_tokens"),
        page.Sum("vllm:spec_decode_num_drafts_total", "vllm:spec_decode_num_drafts"));

    /// <summary>llama-server with <c>--metrics</c>.</summary>
    public static ServerCounters OfLlamaServer(PrometheusPage page) => new(
        page.Sum("llamacpp:requests_processing"),
        page.Sum("llamacpp:requests_deferred"),
        page.Max("llamacpp:kv_cache_usage_ratio"),
        PromptTokens: page.Sum("llamacpp:prompt_tokens_total"),
        GeneratedTokens: page.Sum("llamacpp:tokens_predicted_total"),
        PrefillSeconds: page.Sum("llamacpp:prompt_seconds_total"),
        TpotSeconds: page.Sum("llamacpp:tokens_predicted_seconds_total"),
        TpotCount: page.Sum("llamacpp:tokens_predicted_total"));

    /// <summary>trtllm-serve's Prometheus page: <c>tensorrt_llm/metrics/collector.py</c>. Versions before 1.3 have the request times alone.</summary>
    public static ServerCounters OfTensorRt(PrometheusPage page) => new(
        page.Sum("trtllm_num_requests_running"),
        page.Sum("trtllm_num_requests_waiting"),
        page.Max("trtllm_kv_cache_utilization"),
        page.Max("trtllm_kv_cache_max_blocks"),
        page.Sum("trtllm_prompt_tokens_total"),
        page.Sum("trtllm_generation_tokens_total"),
        QueueSeconds: page.Sum("trtllm_request_queue_time_seconds_sum", "trtllm:request_queue_time_seconds_sum"),
        QueueCount: page.Sum("trtllm_request_queue_time_seconds_count", "trtllm:request_queue_time_seconds_count"),
        PrefillSeconds: page.Sum("trtllm_request_prefill_time_seconds_sum"),
        PrefillCount: page.Sum("trtllm_request_prefill_time_seconds_count"),
        TtftSeconds: page.Sum("trtllm_time_to_first_token_seconds_sum", "trtllm:time_to_first_token_seconds_sum"),
        TtftCount: page.Sum("trtllm_time_to_first_token_seconds_count", "trtllm:time_to_first_token_seconds_count"),
        TpotSeconds: page.Sum("trtllm_time_per_output_token_seconds_sum", "trtllm:time_per_output_token_seconds_sum"),
        TpotCount: page.Sum("trtllm_time_per_output_token_seconds_count", "trtllm:time_per_output_token_seconds_count"),
        DraftTokens: page.Sum("trtllm_spec_decode_num_draft_tokens_total"),
        AcceptedTokens: page.Sum("trtllm_spec_decode_num_accepted_tokens_total"));

    /// <summary>These, and where one is not published, the other's.</summary>
    public ServerCounters Or(ServerCounters? other) => other is null ? this : this with
    {
        Running = Running ?? other.Running,
        Waiting = Waiting ?? other.Waiting,
        CacheUsage = CacheUsage ?? other.CacheUsage,
        CacheBlocks = CacheBlocks ?? other.CacheBlocks,
        PrefixHits = PrefixHits ?? other.PrefixHits,
        PrefixQueries = PrefixQueries ?? other.PrefixQueries,
        DraftTokens = DraftTokens ?? other.DraftTokens,
        AcceptedTokens = AcceptedTokens ?? other.AcceptedTokens,
    };

    static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
