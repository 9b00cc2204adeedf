using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines.Universes;

namespace Lem.Tests.Shared.Engines;

/// <summary>Checks the fields of a document as pydantic does with what an engine declares: names, types, choices, nested models.</summary>
static class FieldReader
{
    /// <param name="backend">The engine's backend, which refuses what only another one takes; null where there is one only.</param>
    /// <exception cref="RefusedArgumentException">In pydantic's words.</exception>
    public static void Check(IReadOnlyList<EngineArgument> fields, JsonObject document, string where, bool unknownIsRefused, string? backend = null)
    {
        foreach (var (name, value) in document)
        {
            if (fields.FirstOrDefault(field => field.IsCalled(name) && (field.Only is null || backend is null || field.Only == backend)) is not { } declared)
            {
                if (unknownIsRefused)
                    throw new RefusedArgumentException($"{where}{name}: Extra inputs are not permitted");
                continue;
            }

            CheckValue(declared, value, where + name, backend);
        }
    }

    static void CheckValue(EngineArgument declared, JsonNode? value, string where, string? backend)
    {
        if (value is null)
        {
            if (!declared.Nullable)
                throw new RefusedArgumentException($"{where}: Input should be a valid {declared.Type}");
            return;
        }

        var kind = value.GetValueKind();
        var fits = declared.Type switch
        {
            "boolean" or "switch" => kind is JsonValueKind.True or JsonValueKind.False,
            "integer" => IsWhole(value),
            "number" => kind is JsonValueKind.Number,
            "text" or "choice" => kind is JsonValueKind.String,
            "integers" => value is JsonArray whole && whole.All(IsWhole),
            "numbers" => value is JsonArray numbers && numbers.All(item => item?.GetValueKind() is JsonValueKind.Number),
            "texts" => value is JsonArray texts && texts.All(item => item?.GetValueKind() is JsonValueKind.String),
            "json" => value is JsonObject || (declared.Name == "num_speculative_tokens_per_batch_size" && value is JsonArray),
            "json-list" => value is JsonArray,
            _ => true,
        };
        if (!fits)
            throw new RefusedArgumentException($"{where}: Input should be a valid {declared.Type}, but is {value.ToJsonString()}");
        if (declared.Choices is { } choices && kind is JsonValueKind.String && !choices.Contains(value.GetValue<string>()))
            throw new RefusedArgumentException($"{where}: Input should be {string.Join(", ", choices.Select(choice => $"'{choice}'"))}");
        if (declared.Fields is { } nested && value is JsonObject map)
            Check(nested, map, $"{where}.", unknownIsRefused: true, backend);
    }

    static bool IsWhole(JsonNode? value) => value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && !value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E');
}
