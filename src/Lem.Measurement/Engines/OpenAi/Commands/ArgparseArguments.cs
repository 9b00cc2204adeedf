using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>Writes values as arguments the way Python's argparse reads them, and vLLM declares them.</summary>
static class ArgparseArguments
{
    /// <summary>
    /// <c>--name value</c>; <c>--name</c> or <c>--no-name</c> for a truth value (BooleanOptionalAction); one argument after the other for a list (nargs="+"); JSON for a
    /// mapping. Nothing for null and for an empty list, which argparse cannot be told.
    /// </summary>
    public static IEnumerable<string> Of(string name, JsonNode? value)
    {
        var flag = $"--{name.Replace('_', '-')}";
        switch (value?.GetValueKind())
        {
            case null or JsonValueKind.Null:
            case JsonValueKind.Array when value.AsArray().Count == 0:
                return [];
            case JsonValueKind.True:
                return [flag];
            case JsonValueKind.False:
                return [$"--no-{flag[2..]}"];
            case JsonValueKind.Array when value.AsArray().All(IsScalar):
                return [flag, .. value.AsArray().Select(Text)];
            default:
                var text = Text(value);
                // What begins with a dash would be taken for the next flag.
                return text.StartsWith('-') ? [$"{flag}={text}"] : [flag, text];
        }
    }

    static bool IsScalar(JsonNode? node) => node is JsonValue;

    static string Text(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        null => "None",
        _ => node.ToJsonString(),
    };
}
