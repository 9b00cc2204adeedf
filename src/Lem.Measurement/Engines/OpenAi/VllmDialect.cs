using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>vLLM: <c>vllm/entrypoints/openai</c> and <c>vllm/v1/metrics</c>.</summary>
sealed class VllmDialect : ServerDialect
{
    public override string Name => "vllm";

    public override bool TakesTokenIds => true;

    public override bool EmptiesCaches => true;

    public override async Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) =>
        (await server.GetAsync("version", cancellationToken))?["version"]?.ToString();

    public override async Task<IReadOnlyList<int>?> TokenizeAsync(ServerConnection server, string model, string text, CancellationToken cancellationToken) =>
        Integers((await server.PostAsync("tokenize", new() { ["model"] = model, ["prompt"] = text, ["add_special_tokens"] = true }, cancellationToken))?["tokens"]);

    public override async Task<string?> DetokenizeAsync(ServerConnection server, string model, IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        (await server.PostAsync("detokenize", new() { ["model"] = model, ["tokens"] = new JsonArray([.. tokens.Select(id => (JsonNode)id)]) }, cancellationToken))?["prompt"]?.ToString();

    // Only served with VLLM_SERVER_DEV_MODE=1, which a server that lem starts has.
    public override Task<bool> EmptyCachesAsync(ServerConnection server, CancellationToken cancellationToken) =>
        server.PostAsync("reset_prefix_cache", cancellationToken);

    public override async Task<int?> ContextAsync(ServerConnection server, CancellationToken cancellationToken) =>
        (await server.GetAsync("v1/models", cancellationToken))?["data"]?[0]?["max_model_len"] is JsonValue value && value.TryGetValue<int>(out var length) ? length : null;

    public override async Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken) =>
        await server.GetTextAsync("metrics", cancellationToken) is { } page ? ServerCounters.OfVllm(PrometheusPage.Parse(page)) : null;

    public override void WriteStreamOptions(Utf8JsonWriter options)
    {
        base.WriteStreamOptions(options);
        options.WriteBoolean("continuous_usage_stats"u8, true);
    }
}
