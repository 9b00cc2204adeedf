using System.Buffers;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// TensorRT-LLM's <c>/metrics</c> (a JSON list of iteration statistics, each handed out once) and <c>/prometheus/metrics</c>. Names from
/// <c>docs/source/commands/trtllm-serve</c> and <c>tensorrt_llm/metrics/collector.py</c> of 1.x.
/// </summary>
sealed class TensorRtMetrics(MockServer server)
{
    readonly Lock _lock = new();
    long _told;
    long _toldDrafts;
    long _toldAccepted;

    /// <summary>What happened since the last call, as one iteration; an empty list where nothing did.</summary>
    public byte[] WriteIterations()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        lock (_lock)
        {
            var iteration = server.Statistics.Events;
            if (iteration > _told)
                WriteIteration(json, iteration);
            _told = iteration;
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public string WritePrometheus()
    {
        var (options, statistics) = (server.Options, server.Statistics);
        return new PrometheusText($"engine_type=\"trtllm\",model_name=\"{options.Model}\"")
            .Counter("trtllm_request_success_total", statistics.Succeeded, "Count of successfully processed requests.", "finished_reason=\"length\"")
            .Counter("trtllm_prompt_tokens_total", statistics.PromptTokens, "Cumulative number of prompt (input) tokens processed.")
            .Counter("trtllm_generation_tokens_total", statistics.GenerationTokens, "Cumulative number of generation (output) tokens produced.")
            .Histogram("trtllm_e2e_request_latency_seconds", statistics.EndToEnd)
            .Histogram("trtllm_time_to_first_token_seconds", statistics.TimeToFirstToken)
            .Histogram("trtllm_time_per_output_token_seconds", statistics.TimePerOutputToken)
            .Histogram("trtllm_request_queue_time_seconds", statistics.QueueTime)
            .Gauge("trtllm_kv_cache_hit_rate", HitRate, "KV cache hit rate")
            .Gauge("trtllm_kv_cache_utilization", (double)UsedBlocks / options.KvBlocks, "KV cache utilization")
            .ToString();
    }

    void WriteIteration(Utf8JsonWriter json, long iteration)
    {
        var (options, statistics, slots) = (server.Options, server.Statistics, server.Slots);
        json.WriteStartObject();
        json.WriteNumber("iter", iteration);
        json.WriteNumber("iterLatencyMS", options.ItlMs);
        json.WriteNumber("gpuMemUsage", 8L << 30);
        json.WriteNumber("cpuMemUsage", 0);
        json.WriteNumber("pinnedMemUsage", 0);
        json.WriteNumber("numActiveRequests", slots.Running);
        json.WriteNumber("numQueuedRequests", slots.Waiting);
        json.WriteNumber("numCompletedRequests", statistics.Succeeded);
        json.WriteNumber("maxNumActiveRequests", options.MaxRunning ?? 2048);
        json.WriteStartObject("kvCacheStats");
        json.WriteNumber("maxNumBlocks", options.KvBlocks);
        json.WriteNumber("freeNumBlocks", options.KvBlocks - UsedBlocks);
        json.WriteNumber("usedNumBlocks", UsedBlocks);
        json.WriteNumber("tokensPerBlock", MockOptions.BlockTokens);
        json.WriteNumber("reusedBlocks", statistics.CacheHits / MockOptions.BlockTokens);
        json.WriteNumber("missedBlocks", (statistics.CacheQueries - statistics.CacheHits) / MockOptions.BlockTokens);
        json.WriteNumber("cacheHitRate", HitRate);
        json.WriteEndObject();
        json.WriteStartObject("inflightBatchingStats");
        json.WriteNumber("numScheduledRequests", slots.Running);
        json.WriteNumber("numContextRequests", 0);
        json.WriteNumber("numGenRequests", slots.Running);
        json.WriteNumber("numPausedRequests", statistics.Preemptions);
        json.WriteNumber("avgNumDecodedTokensPerIter", options.TokensPerChunk);
        json.WriteEndObject();
        if (options.DraftTokens is { } drafted)
        {
            // Those of the iterations that are told now.
            var (drafts, accepted) = statistics.Speculation;
            json.WriteStartObject("specDecodingStats");
            json.WriteNumber("numDraftTokens", (drafts - _toldDrafts) * drafted);
            json.WriteNumber("numAcceptedTokens", accepted - _toldAccepted);
            (_toldDrafts, _toldAccepted) = (drafts, accepted);
            json.WriteNumber("acceptanceLength", drafts == 0 ? 0 : (double)(accepted + drafts) / drafts);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    long UsedBlocks => Math.Min(server.Options.KvBlocks, (server.Statistics.KvTokens + MockOptions.BlockTokens - 1) / MockOptions.BlockTokens);

    double HitRate => server.Statistics.CacheQueries == 0 ? 0 : (double)server.Statistics.CacheHits / server.Statistics.CacheQueries;
}
