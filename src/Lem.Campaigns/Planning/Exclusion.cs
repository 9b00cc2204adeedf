using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;

namespace Lem.Campaigns.Planning;

/// <summary>Whether a cell is left out: all keys of the pattern agree with it. A list in the pattern means any of its values.</summary>
static class Exclusion
{
    public static bool Matches(
        JsonObject pattern, IReadOnlyList<KeyValuePair<string, JsonNode?>> axes, Backend backend, JsonObject? baseConfig) =>
        pattern.Count > 0 && Flatten(pattern, "").All(wanted => Agrees(wanted.Value, ValueOf(wanted.Key, axes, backend, baseConfig)));

    static JsonNode? ValueOf(string path, IReadOnlyList<KeyValuePair<string, JsonNode?>> axes, Backend backend, JsonObject? baseConfig)
    {
        foreach (var axis in axes)
        {
            // A short name (batch_size) stands for the axis whose last part it is.
            if (axis.Key == path || axis.Key.EndsWith($".{path}", StringComparison.Ordinal))
                return axis.Value;
        }
        if (path is "backend")
            return backend.ToString().ToLowerInvariant();
        return path.Split('.').Aggregate((JsonNode?)baseConfig, (node, name) => (node as JsonObject)?[name]);
    }

    static bool Agrees(JsonNode? wanted, JsonNode? found) => wanted switch
    {
        JsonArray any when found is not JsonArray => any.Any(one => Agrees(one, found)),
        JsonValue number when IsNumber(number) && found is JsonValue other && IsNumber(other) =>
            double.Parse(number.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
            == double.Parse(other.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        _ => JsonNode.DeepEquals(wanted, found),
    };

    static bool IsNumber(JsonValue value) => value.GetValueKind() is JsonValueKind.Number;

    static IEnumerable<KeyValuePair<string, JsonNode?>> Flatten(JsonObject pattern, string prefix) =>
        pattern.SelectMany(member => member.Value is JsonObject nested
            ? Flatten(nested, $"{prefix}{member.Key}.")
            : [new KeyValuePair<string, JsonNode?>(prefix + member.Key, member.Value)]);
}
