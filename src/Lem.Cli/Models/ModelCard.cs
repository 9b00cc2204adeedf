using System.Text.Json.Nodes;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Reporting;

namespace Lem.Cli.Models;

/// <summary>What a model is, what one token costs, and what it takes in memory. A figure that the file does not give is null.</summary>
/// <param name="ContextTokens">Tokens in the KV cache of <see cref="MemoryBytes"/>.</param>
/// <param name="KeyValueBytesPerToken">Keys and values of one token in all layers, at two bytes each (f16, the engine's default).</param>
sealed record ModelCard(string Model, GgufModelFacts Facts, int ContextTokens, long? KeyValueBytesPerToken)
{
    public static ModelCard Of(string model, GgufFile file, int? context, int usualContext)
    {
        var facts = GgufModelFacts.From(file);
        return new(
            model, facts, context ?? Math.Min(usualContext, facts.MaximumContext ?? usualContext),
            KeyValueCacheSize.Bytes(file, cells: 1, GgufTensorType.F16, GgufTensorType.F16));
    }

    ModelArchitecture? Architecture => Facts.Architecture;

    /// <summary>Linear work of one token: 2 FLOP per weight that works on it; without dimensions, per parameter that is no embedding.</summary>
    double? LinearFlopPerToken => Architecture?.LinearFlopPerToken ?? 2.0 * Facts.Parameters?.ActiveNonEmbedding;

    /// <summary>The head, per generated token: 2·h·vocab.</summary>
    double? HeadFlopPerToken => Architecture?.HeadFlopPerToken ?? 2.0 * Facts.Hidden * Facts.Vocabulary;

    /// <summary>Attention of one token to one token before it, in all layers: 4·h_q each.</summary>
    double? AttentionFlopPerPair => Architecture?.Decoder.Sum(layer => 4.0 * layer.Count * layer.QueryWidth);

    /// <summary>Weights as in the file, and a KV cache of <see cref="ContextTokens"/>; the engine's compute buffers come on top.</summary>
    long? MemoryBytes => Facts.LengthBytes + ContextTokens * KeyValueBytesPerToken;

    public string Text() => string.Concat(Rows().Select(row => $"{row.Label,-14}{row.Text}\n"));

    public JsonObject Json() => new()
    {
        ["model"] = Model,
        ["name"] = Facts.Name,
        ["synthetic"] = Facts.SyntheticShape is not null,
        ["synthetic_shape"] = Facts.SyntheticShape,
        ["architecture"] = new JsonObject
        {
            ["family"] = Facts.Family,
            ["layers"] = Architecture?.Layers,
            ["hidden"] = Facts.Hidden,
            ["vocabulary"] = Facts.Vocabulary,
            ["maximum_context"] = Facts.MaximumContext,
            ["tied_embeddings"] = Architecture?.TiedEmbeddings,
            ["layer_kinds"] = Architecture is null ? null : new JsonArray([.. Architecture.Decoder.Select(LayerJson)]),
            ["unknown_because"] = Facts.ArchitectureReason,
        },
        ["parameters"] = Facts.Parameters?.Total,
        ["parameters_embedding"] = Facts.Parameters?.Embedding,
        ["parameters_active_non_embedding"] = Facts.Parameters?.ActiveNonEmbedding,
        ["weight_types"] = new JsonObject(Facts.WeightTypes.Select(type => KeyValuePair.Create(type.Key, (JsonNode?)type.Value))),
        ["file_bytes"] = Facts.LengthBytes,
        ["chat_template"] = Facts.HasChatTemplate,
        ["flop_per_token_linear"] = LinearFlopPerToken,
        ["flop_per_token_head"] = HeadFlopPerToken,
        ["flop_per_token_pair_attention"] = AttentionFlopPerPair,
        ["kv_bytes_per_token_f16"] = KeyValueBytesPerToken,
        ["context_tokens"] = ContextTokens,
        ["memory_bytes"] = MemoryBytes,
    };

    IEnumerable<(string Label, string Text)> Rows()
    {
        yield return ("model", Facts.SyntheticShape is null ? Facts.Name ?? Model : $"{Model} (dummy weights)");
        if (Facts.SyntheticShape is { } shape)
            yield return ("shape", shape);
        yield return ("architecture", Architecture is null ? $"{Facts.Family ?? "unknown"}: {Facts.ArchitectureReason}" : Dimensions(Architecture));
        yield return ("layers", Architecture is null ? "–" : string.Join("; ", Architecture.Decoder.Select(LayerText)));
        yield return ("parameters", Facts.Parameters is { } parameters
            ? $"{Figures.Si(parameters.Total, "")} ({Figures.Count(parameters.Total)}), {Figures.Si(parameters.Embedding, "")} of them embeddings and head{Active(parameters)}"
            : "–");
        yield return ("weights", string.Join(", ", Facts.WeightTypes.Select(type => $"{type.Key} {Figures.Si(type.Value, "")}")));
        yield return ("file", Bytes(Facts.LengthBytes));
        yield return ("FLOP/token", $"{Figures.Si(LinearFlopPerToken, "FLOP")} linear + {Figures.Si(HeadFlopPerToken, "FLOP")} head{(Architecture is null ? " (by parameters: low confidence)" : "")}");
        yield return ("", $"+ {Figures.Si(AttentionFlopPerPair, "FLOP")} attention for each token before it");
        yield return ("KV cache", KeyValueBytesPerToken is { } perToken ? $"{Bytes(perToken)} per token in f16" : "– (this model keeps something else than keys and values of every layer)");
        yield return ("memory", MemoryBytes is { } memory
            ? $"≈ {Bytes(memory)}: weights and {Figures.Count(ContextTokens)} tokens of KV cache; compute buffers come on top"
            : $"more than {Bytes(Facts.LengthBytes)}: weights alone");
    }

    string Dimensions(ModelArchitecture architecture) =>
        $"{architecture.Family}: {architecture.Layers} layers, hidden {architecture.Hidden}, vocabulary {Figures.Count(architecture.Vocabulary)}"
        + (architecture.TiedEmbeddings ? " (head tied to the embedding)" : "")
        + (Facts.MaximumContext is { } most ? $", context up to {Figures.Count(most)}" : "");

    static string Active(ParameterCounts parameters) =>
        parameters.ActiveNonEmbedding == parameters.NonEmbedding ? "" : $"; {Figures.Si(parameters.ActiveNonEmbedding, "")} of the others work on each token";

    static string LayerText(TransformerLayer layer) =>
        $"{layer.Count} × {layer.Heads} heads ({layer.KeyValueHeads} for keys and values) of {layer.HeadDimension}, "
        + (layer.Experts > 0 ? $"{layer.ActiveExperts} of {layer.Experts} experts of {layer.FeedForward}" : $"feed-forward {layer.FeedForward}")
        + (layer.Gated ? " gated" : "")
        + (layer.SlidingWindow is { } window ? $", window {window}" : "");

    static JsonObject LayerJson(TransformerLayer layer) => new()
    {
        ["count"] = layer.Count,
        ["heads"] = layer.Heads,
        ["key_value_heads"] = layer.KeyValueHeads,
        ["head_dimension"] = layer.HeadDimension,
        ["feed_forward"] = layer.FeedForward,
        ["gated"] = layer.Gated,
        ["experts"] = layer.Experts,
        ["active_experts"] = layer.ActiveExperts,
        ["sliding_window"] = layer.SlidingWindow,
    };

    static string Bytes(long bytes) => Figures.Si(bytes, "B");
}
