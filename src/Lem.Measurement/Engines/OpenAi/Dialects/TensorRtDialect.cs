using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Client;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>TensorRT-LLM's trtllm-serve: <c>tensorrt_llm/serve/openai_server.py</c>. It has no way to empty its block cache, and a tokenizer to ask in its newest versions only.</summary>
sealed class TensorRtDialect : ServerDialect
{
    readonly IterationStatistics _iterations = new();

    public override string Name => "tensorrt_llm";

    public override Backend Backend => Backend.Tensorrt;

    public override bool CountsAsItGoes => true;

    // Its page that makes texts of tokens does not exist: what is cut goes to it as tokens, or not at all.
    public override bool TakesTokenIds => true;

    // It serves one model, answers to any name, and calls a local one by its folder alone.
    public override bool TakesAnyModelName => true;

    public override Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) => TextAsync(server, "version", "version", cancellationToken);

    public override async Task<IReadOnlyList<int>?> TokenizeAsync(ServerConnection server, string model, string text, CancellationToken cancellationToken) =>
        Integers((await server.RequireAsync("_internal/tokenize", new() { ["prompt"] = text }, cancellationToken))?["tokens"]);

    // Its settings as they were taken it shows nowhere; the size of its cache stands in its statistics.
    public override async Task<JsonObject> EffectiveAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var page = await server.GetTextAsync("prometheus/metrics", cancellationToken) is { } text ? PrometheusPage.Parse(text) : PrometheusPage.Parse("");
        var effective = new JsonObject();
        foreach (var name in (string[])["model_config", "parallel_config", "speculative_config", "kv_cache_config"])
            if (page.Labels($"trtllm_{name}_info") is { Count: > 0 } labels)
                effective[name] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        return effective;
    }

    // Request times are on one page (return_perf_metrics), steps of the engine on the other (enable_iter_perf_stats): lem starts it with both.
    public override async Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var steps = await server.GetAsync("metrics", cancellationToken) is JsonArray list ? _iterations.Add(list) : null;
        var requests = await server.GetTextAsync("prometheus/metrics", cancellationToken) is { } page ? ServerCounters.OfTensorRt(PrometheusPage.Parse(page)) : null;
        return requests?.Or(steps) ?? steps;
    }
}
