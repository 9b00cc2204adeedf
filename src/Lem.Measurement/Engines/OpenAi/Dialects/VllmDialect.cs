using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Client;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>vLLM: <c>vllm/entrypoints/openai</c> and <c>vllm/v1/metrics</c>.</summary>
sealed class VllmDialect : ServerDialect
{
    public override string Name => "vllm";

    public override Backend Backend => Backend.Vllm;

    public override bool TakesTokenIds => true;

    public override bool CountsAsItGoes => true;

    public override Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) => TextAsync(server, "version", "version", cancellationToken);

    public override async Task<IReadOnlyList<int>?> TokenizeAsync(ServerConnection server, string model, string text, CancellationToken cancellationToken) =>
        Integers((await server.RequireAsync("tokenize", new() { ["model"] = model, ["prompt"] = text, ["add_special_tokens"] = true }, cancellationToken))?["tokens"]);

    public override async Task<string?> DetokenizeAsync(ServerConnection server, string model, IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        (await server.RequireAsync("detokenize", new() { ["model"] = model, ["tokens"] = new JsonArray([.. tokens.Select(id => (JsonNode)id)]) }, cancellationToken))?["prompt"]?.ToString();

    // Only served with VLLM_SERVER_DEV_MODE=1, which a server that lem starts has.
    public override Task<bool> EmptyCachesAsync(ServerConnection server, JsonObject fields, CancellationToken cancellationToken) =>
        server.PostAsync("reset_prefix_cache", cancellationToken);

    public override async Task<int?> ContextAsync(ServerConnection server, CancellationToken cancellationToken) =>
        (await server.GetAsync("v1/models", cancellationToken))?["data"]?[0]?["max_model_len"] is JsonValue value && value.TryGetValue<int>(out var length) ? length : null;

    // As the engine took them: what vLLM publishes of its cache, and its whole configuration where it shows that (developer mode, which a server that lem starts has).
    public override async Task<JsonObject> EffectiveAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var effective = new JsonObject { ["max_model_len"] = await ContextAsync(server, cancellationToken) };
        if (await server.GetTextAsync("metrics", cancellationToken) is { } page && PrometheusPage.Parse(page).Labels("vllm:cache_config_info") is { Count: > 0 } cache)
            effective["cache_config"] = new JsonObject(cache.Where(label => label.Key != "engine").Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        if (await server.GetAsync("server_info?config_format=json", cancellationToken) is JsonObject { } info && info["vllm_config"] is JsonObject config)
            foreach (var (section, value) in config)
                if (value is JsonObject settings && Settled(settings) is { Count: > 0 } settled)
                    effective[section] = settled;
        return effective;
    }

    // Settings proper: what is nested further is derived from them (the model's own config, graphs, hashes); tokens are secrets.
    static JsonObject Settled(JsonObject settings) => new(
        settings.Where(setting => setting.Value is JsonValue && !setting.Key.EndsWith("token", StringComparison.Ordinal)).Select(setting => KeyValuePair.Create(setting.Key, setting.Value?.DeepClone())));

    public override async Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken) =>
        await server.GetTextAsync("metrics", cancellationToken) is { } page ? ServerCounters.OfVllm(PrometheusPage.Parse(page)) : null;
}
