using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>
/// TensorRT-LLM's iteration statistics: a JSON list on <c>/metrics</c> in which every iteration stands once, so that what is added up has to be added up here. Names after its
/// tests (<c>tests/unittest/llmapi/apps/_test_openai_metrics.py</c>) and <c>tensorrt_llm/metrics/collector.py</c>.
/// </summary>
/// <remarks>Blocks reused and missed count since the server's start; drafted and accepted tokens are those of one iteration. It keeps 1000 iterations: of more between two looks the oldest are lost.</remarks>
sealed class IterationStatistics
{
    ServerCounters? _latest;
    double _drafted;
    double _accepted;

    /// <summary>Takes the iterations that came since the last look; the state after them, null before the first.</summary>
    public ServerCounters? Add(JsonArray iterations)
    {
        foreach (var iteration in iterations.OfType<JsonObject>())
        {
            if (iteration["specDecodingStats"] is JsonObject drafts)
            {
                _drafted += Number(drafts["numDraftTokens"]) ?? 0;
                _accepted += Number(drafts["numAcceptedTokens"]) ?? 0;
            }

            _latest = After(iteration);
        }

        return _latest;
    }

    ServerCounters After(JsonObject iteration)
    {
        var cache = iteration["kvCacheStats"];
        var (total, used, perBlock) = (Number(cache?["maxNumBlocks"]), Number(cache?["usedNumBlocks"]), Number(cache?["tokensPerBlock"]));
        var (reused, missed) = (Number(cache?["reusedBlocks"]), Number(cache?["missedBlocks"]));
        return new(
            Running: Number(iteration["numActiveRequests"]),
            Waiting: Number(iteration["numQueuedRequests"]),
            CacheUsage: total > 0 ? used / total : null,
            CacheBlocks: total,
            PrefixHits: reused * perBlock,
            PrefixQueries: (reused + missed) * perBlock,
            DraftTokens: _drafted > 0 ? _drafted : null,
            AcceptedTokens: _drafted > 0 ? _accepted : null);
    }

    static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
