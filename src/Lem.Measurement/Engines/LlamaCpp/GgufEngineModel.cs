using System.Text.Json.Nodes;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>A GGUF file's facts in the words all engines share.</summary>
static class GgufEngineModel
{
    public static EngineModel Of(GgufModelFacts facts) => new(
        facts.Architecture,
        facts.ArchitectureReason,
        facts.Parameters,
        facts.Hidden,
        facts.Vocabulary,
        WeightPrecision(facts),
        new JsonObject
        {
            ["name"] = facts.Name,
            ["family"] = facts.Family,
            ["layers"] = facts.Architecture?.Layers,
            ["hidden"] = facts.Hidden,
            ["vocabulary"] = facts.Vocabulary,
            ["maximum_context"] = facts.MaximumContext,
            ["tied_embeddings"] = facts.Architecture?.TiedEmbeddings,
            ["parameters"] = facts.Parameters?.Total,
            ["file_bytes"] = facts.LengthBytes,
            ["weight_types"] = WeightTypes(facts),
            ["chat_template"] = facts.HasChatTemplate,
            ["synthetic_shape"] = facts.SyntheticShape,
        });

    public static string? WeightPrecision(GgufModelFacts facts) => facts.WeightTypes is [var most, ..] ? most.Key : null;

    // Parameters by type.
    static JsonObject WeightTypes(GgufModelFacts facts) =>
        new(facts.WeightTypes.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Key, type.Value)));
}
