using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Client;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>What a kind of server does in its own way: what stands beside the OpenAI interface. This one has nothing there.</summary>
class ServerDialect
{
    /// <summary>As it stands in results: openai, vllm, tensorrt_llm, llama_server.</summary>
    public virtual string Name => "openai";

    /// <summary>Whose parameters it takes.</summary>
    public virtual Backend Backend => Backend.Openai;

    /// <summary>Whether <c>/v1/completions</c> takes a prompt as token ids.</summary>
    public virtual bool TakesTokenIds => false;

    /// <summary>Whether it answers to any model's name.</summary>
    public virtual bool TakesAnyModelName => false;

    /// <summary>Whether it tells usage with every event, where it is asked to.</summary>
    public virtual bool CountsAsItGoes => false;

    /// <summary>Whether a connection can be used again after a stream.</summary>
    public virtual bool KeepsConnections => true;

    public virtual Task<string?> VersionAsync(ServerConnection server, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>A text's tokens; null where it has no tokenizer to ask, never because it did not answer.</summary>
    public virtual Task<IReadOnlyList<int>?> TokenizeAsync(ServerConnection server, string model, string text, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<int>?>(null);

    /// <summary>The text of tokens; null where there is nothing to ask for it.</summary>
    public virtual Task<string?> DetokenizeAsync(ServerConnection server, string model, IReadOnlyList<int> tokens, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>Whether the next window begins with an empty prefix cache, by asking, or because requests never use it.</summary>
    /// <param name="fields">What the configuration sends with every request.</param>
    public virtual Task<bool> EmptyCachesAsync(ServerConnection server, JsonObject fields, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The model, as far as the server describes it.</summary>
    public virtual Task<EngineModel?> ModelAsync(ServerConnection server, CancellationToken cancellationToken) => Task.FromResult<EngineModel?>(null);

    /// <summary>Its settings as it runs with them; empty where it does not tell.</summary>
    public virtual Task<JsonObject> EffectiveAsync(ServerConnection server, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    /// <summary>Tokens a request may use; null where it does not tell.</summary>
    public virtual Task<int?> ContextAsync(ServerConnection server, CancellationToken cancellationToken) => Task.FromResult<int?>(null);

    /// <summary>The counters it publishes now; null where it publishes none.</summary>
    public virtual Task<ServerCounters?> CountersAsync(ServerConnection server, CancellationToken cancellationToken) => Task.FromResult<ServerCounters?>(null);

    /// <summary>Fields of a request that are not OpenAI's. Of those every kind of server knows its own only.</summary>
    /// <param name="reusesPrompts">A prompt that the server has seen may be found in its cache.</param>
    public virtual void WriteFields(BodyFields body, GenerationRequest request, bool reusesPrompts)
    {
        // Servers that do not know a field refuse it or pass over it: it is sent only where it was asked for.
        if (request.IgnoreEos)
            body.Write("ignore_eos", true);
        if (request.MinTokens > 0)
            body.Write("min_tokens", request.MinTokens);
        if (request.Sampling is { Greedy: false, TopK: > 0 })
            body.Write("top_k", request.Sampling.TopK);
        if (request.Sampling is { Greedy: false, MinP: > 0 })
            body.Write("min_p", request.Sampling.MinP);
        if (request.Sampling.RepetitionPenalty is not 1)
            body.Write("repetition_penalty", request.Sampling.RepetitionPenalty);
    }

    /// <summary>What is asked for in <c>stream_options</c>.</summary>
    public void WriteStreamOptions(Utf8JsonWriter options)
    {
        options.WriteBoolean("include_usage"u8, true);
        if (CountsAsItGoes)
            options.WriteBoolean("continuous_usage_stats"u8, true);
    }

    private protected static async Task<string?> TextAsync(ServerConnection server, string page, string member, CancellationToken cancellationToken) =>
        (await server.GetAsync(page, cancellationToken))?[member]?.ToString();

    private protected static IReadOnlyList<int>? Integers(JsonNode? list) => list is JsonArray array ? [.. array.Select(id => id?.GetValue<int>() ?? 0)] : null;
}
