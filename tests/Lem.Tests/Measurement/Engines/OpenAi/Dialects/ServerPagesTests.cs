using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Dialects;

/// <summary>Pages written after the sources of the engines' versions that lem's parameters are held against.</summary>
public sealed class ServerPagesTests
{
    // vllm/v1/metrics/loggers.py, vllm/v1/spec_decode/metrics.py and vllm/config/cache.py of 0.24.0.
    const string Vllm = """
        vllm:num_requests_running{engine="0",model_name="m"} 4.0
        vllm:num_requests_waiting{engine="0",model_name="m"} 2.0
        vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 2.0
        vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
        vllm:prefix_cache_queries_total{engine="0",model_name="m"} 1000.0
        vllm:prefix_cache_hits_total{engine="0",model_name="m"} 250.0
        vllm:num_preemptions_total{engine="0",model_name="m"} 3.0
        vllm:prompt_tokens_total{engine="0",model_name="m"} 1000.0
        vllm:generation_tokens_total{engine="0",model_name="m"} 640.0
        vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 1.5
        vllm:request_queue_time_seconds_count{engine="0",model_name="m"} 10.0
        vllm:spec_decode_num_drafts_total{engine="0",model_name="m"} 100.0
        vllm:spec_decode_num_draft_tokens_total{engine="0",model_name="m"} 300.0
        vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="m"} 150.0
        vllm:cache_config_info{_block_size_resolved="True",block_size="16",cache_dtype="fp8",enable_prefix_caching="True",engine="0",gpu_memory_utilization="0.92",note="a \"b\", c",num_gpu_blocks="8192"} 1.0
        """;

    // tests/unittest/llmapi/apps/_test_openai_metrics.py of TensorRT-LLM names the members.
    const string Iterations = """
        [{"iter": 1, "numActiveRequests": 3, "numQueuedRequests": 1, "specDecodingStats": {"numDraftTokens": 9, "numAcceptedTokens": 6},
          "kvCacheStats": {"maxNumBlocks": 1000, "freeNumBlocks": 900, "usedNumBlocks": 100, "tokensPerBlock": 32, "reusedBlocks": 10, "missedBlocks": 30}},
         {"iter": 2, "numActiveRequests": 4, "numQueuedRequests": 0, "specDecodingStats": {"numDraftTokens": 3, "numAcceptedTokens": 1},
          "kvCacheStats": {"maxNumBlocks": 1000, "freeNumBlocks": 750, "usedNumBlocks": 250, "tokensPerBlock": 32, "reusedBlocks": 12, "missedBlocks": 40}}]
        """;

    [Fact]
    public void Vllms_page_tells_queue_cache_preemptions_and_acceptance()
    {
        var counts = ServerWatch.Between(new(0, 0, 0, 8192, 0, 0, 0, 0, 0, 0, 0, DraftTokens: 0, AcceptedTokens: 0, Drafts: 0), [ServerCounters.OfVllm(PrometheusPage.Parse(Vllm))], ServerCounters.OfVllm(PrometheusPage.Parse(Vllm)));

        Assert.Equal(new KvCacheStatistics(250, 1000, 2048, 8192), counts.KvCache);
        Assert.Equal((150.0, 3.0, 0.5, 1.5), (Statistic(counts, "queue_mean_ms"), Statistic(counts, "preemptions"), Statistic(counts, "speculative_acceptance_rate"), Statistic(counts, "speculative_accepted_per_draft")));
    }

    [Fact]
    public void Facts_of_the_cache_are_read_from_labels_in_all_their_forms()
    {
        var labels = PrometheusPage.Parse(Vllm).Labels("vllm:cache_config_info");

        Assert.Equal(("8192", "fp8", "a \"b\", c"), (labels["num_gpu_blocks"], labels["cache_dtype"], labels["note"]));
        Assert.Equal(8, labels.Count);
    }

    [Fact]
    public void TensorRts_iterations_are_added_up_and_their_last_state_stays()
    {
        var statistics = new IterationStatistics();

        Assert.Null(statistics.Add([]));
        var first = statistics.Add(JsonNode.Parse(Iterations)!.AsArray()); // A list.
        var second = statistics.Add([]);

        Assert.Equal(new ServerCounters(4, 0, 0.25, 1000, PrefixHits: 12 * 32, PrefixQueries: 52 * 32, DraftTokens: 12, AcceptedTokens: 7), first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Vllm_tells_its_settings_without_its_secrets()
    {
        await using var server = MockServer.Start(new(Flavour.Vllm, MaxRunning: 12, MaxModelLen: 640));
        using var connection = new ServerConnection(server.Address, new Dictionary<string, string>(), TimeProvider.System);

        var effective = await new VllmDialect().EffectiveAsync(connection, TestContext.Current.CancellationToken);

        Assert.Equal((640, 12), ((int?)effective["max_model_len"], (int?)effective["scheduler_config"]?["max_num_seqs"]));
        Assert.Equal(("torch.bfloat16", "16"), ((string?)effective["model_config"]?["dtype"], (string?)effective["cache_config"]?["block_size"]));
        Assert.DoesNotContain("hf_secret", effective.ToJsonString(), StringComparison.Ordinal);
    }

    static double Statistic(EngineCounts counts, string name) => (double?)counts.Statistics?[name] ?? double.NaN;
}
