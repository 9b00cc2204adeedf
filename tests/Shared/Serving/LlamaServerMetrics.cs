namespace Lem.Tests.Shared.Serving;

/// <summary>llama-server's <c>/metrics</c>; names from <c>tools/server/README.md</c> and <c>server-task.cpp</c> of b6000 and later.</summary>
static class LlamaServerMetrics
{
    public static string Write(MockServer server)
    {
        var (options, statistics) = (server.Options, server.Statistics);
        var (_, promptSeconds, _) = statistics.TimeToFirstToken.Read();
        var (_, predictedSeconds, _) = statistics.InterTokenLatency.Read();
        var page = new PrometheusText("")
            // llama-server counts only what it computed, not what it found in its cache.
            .Counter("llamacpp:prompt_tokens_total", statistics.PromptTokens - statistics.CacheHits, "Number of prompt tokens processed.")
            .Counter("llamacpp:prompt_seconds_total", promptSeconds, "Prompt process time")
            .Counter("llamacpp:tokens_predicted_total", statistics.GenerationTokens, "Number of generation tokens processed.")
            .Counter("llamacpp:tokens_predicted_seconds_total", predictedSeconds, "Predict process time")
            .Counter("llamacpp:n_decode_total", statistics.Events, "Total number of llama_decode() calls")
            .Counter("llamacpp:n_tokens_max", statistics.HighestKvTokens, "Largest observed n_tokens.")
            .Gauge("llamacpp:n_busy_slots_per_decode", server.Slots.Running, "Average number of busy slots per llama_decode() call")
            .Gauge("llamacpp:prompt_tokens_seconds", Rate(statistics.PromptTokens, promptSeconds), "Average prompt throughput in tokens/s.")
            .Gauge("llamacpp:predicted_tokens_seconds", Rate(statistics.GenerationTokens, predictedSeconds), "Average generation throughput in tokens/s.")
            .Gauge("llamacpp:requests_processing", server.Slots.Running, "Number of requests processing.")
            .Gauge("llamacpp:requests_deferred", server.Slots.Waiting, "Number of requests deferred.");
        if (options.DraftTokens is { } drafted)
        {
            var (drafts, accepted) = statistics.Speculation;
            page.Counter("llamacpp:spec_decode_num_drafts_total", drafts)
                .Counter("llamacpp:spec_decode_num_draft_tokens_total", drafts * drafted)
                .Counter("llamacpp:spec_decode_num_accepted_tokens_total", accepted);
        }

        return page.ToString();
    }

    static double Rate(long tokens, double seconds) => seconds > 0 ? tokens / seconds : 0;
}
