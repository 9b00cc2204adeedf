using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.OpenAi.Client;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>llama.cpp's llama-server: <c>tools/server/README.md</c> of llama.cpp.</summary>
sealed class LlamaServerDialect : ServerDialect
{
    public override string Name => "llama_server";

    public override bool TakesTokenIds => true;

    public override bool TakesAnyModelName => true;

    // Its library promises keep-alive and closes the connection after a chunked answer all the same: the next request may still get it, and die of it.
    public override bool KeepsConnections => false;

    public override Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) => TextAsync(server, "props", "build_info", cancellationToken);

    public override async Task<IReadOnlyList<int>?> TokenizeAsync(ServerConnection server, string model, string text, CancellationToken cancellationToken) =>
        Integers((await server.RequireAsync("tokenize", new() { ["content"] = text, ["add_special"] = true }, cancellationToken))?["tokens"]);

    public override async Task<string?> DetokenizeAsync(ServerConnection server, string model, IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        (await server.RequireAsync("detokenize", new() { ["tokens"] = new JsonArray([.. tokens.Select(id => (JsonNode)id)]) }, cancellationToken))?["content"]?.ToString();

    public override async Task<EngineModel?> ModelAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        if ((await server.GetAsync("v1/models", cancellationToken))?["data"]?[0]?["meta"] is not JsonObject meta || Number(meta["n_params"]) is not { } total)
            return null;
        var (hidden, vocabulary) = ((int?)Number(meta["n_embd"]), (int?)Number(meta["n_vocab"]));
        // One table of tokens at least; whether the head is another the server does not tell.
        var embedding = (hidden ?? 0) * (long)(vocabulary ?? 0);
        return new(
            null, "the server tells the number of parameters, not the layers", new ParameterCounts(total, embedding, total - embedding, total - embedding),
            hidden, vocabulary, null, (JsonObject)meta.DeepClone());
    }

    public override async Task<JsonObject> EffectiveAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        if (await server.GetAsync("props", cancellationToken) is not JsonObject props)
            return [];
        var defaults = props["default_generation_settings"]?.DeepClone();
        // Sampling is told with every request: what the server would do by itself is no setting of this run.
        return new()
        {
            ["n_parallel"] = props["total_slots"]?.DeepClone(),
            ["n_ctx"] = defaults?["n_ctx"]?.DeepClone(),
            ["build_info"] = props["build_info"]?.DeepClone(),
            ["server_defaults"] = defaults,
        };
    }

    public override async Task<int?> ContextAsync(ServerConnection server, CancellationToken cancellationToken) =>
        (int?)Number((await server.GetAsync("props", cancellationToken))?["default_generation_settings"]?["n_ctx"]);

    public override async Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken) =>
        await server.GetTextAsync("metrics", cancellationToken) is { } page ? ServerCounters.OfLlamaServer(PrometheusPage.Parse(page)) : null;

    // Nothing is emptied: cache_prompt: false in every request has it look for nothing there.
    public override Task<bool> EmptyCachesAsync(ServerConnection server, JsonObject fields, CancellationToken cancellationToken) =>
        Task.FromResult(fields["cache_prompt"]?.GetValueKind() is not JsonValueKind.True);

    public override void WriteFields(BodyFields body, GenerationRequest request, bool reusesPrompts)
    {
        var sampling = request.Sampling;
        body.Write("cache_prompt", reusesPrompts);
        body.Write("timings_per_token", true);
        if (request.IgnoreEos)
            body.Write("ignore_eos", true);
        // Its own defaults (top_k 40, min_p 0.05) would sample otherwise than every other engine.
        if (!sampling.Greedy)
        {
            body.Write("top_k", sampling.TopK);
            body.Write("min_p", sampling.MinP);
        }

        if (sampling.RepetitionPenalty is not 1)
            body.Write("repeat_penalty", sampling.RepetitionPenalty);
    }

    static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
