using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Reporting.Exports;

/// <summary>A single value of a result: where it stands, and a header that carries its unit.</summary>
/// <param name="Path">Dotted path in the file.</param>
/// <param name="Header">The path; the unit is added where it stands beside the value instead of in its name.</param>
sealed record ResultLeaf(string Path, string Header, JsonNode Value)
{
    // Long, or free in form, or lists of their own: the JSON has them. And the predecessor's names at the top, which repeat figures of the parts.
    static readonly HashSet<string> LeftOut =
    [
        "parameter_provenance", "unavailable", "process_results", "phases", "baselines", "sampling",
        "total_tokens", "total_energy_j", "total_inference_time_sec", "avg_tokens_per_second", "avg_energy_per_token_j", "total_flops",
    ];

    /// <summary>Every known single value; lists of words count as one value, other lists are left out.</summary>
    public static IEnumerable<ResultLeaf> Of(JsonObject result) =>
        result.Where(member => !LeftOut.Contains(member.Key)).SelectMany(member => Below(member.Key, member.Key, member.Value, unit: null));

    /// <summary>The node at a dotted path, or null.</summary>
    public static JsonNode? At(JsonObject root, string path)
    {
        JsonNode? node = root;
        foreach (var name in path.Split('.'))
            node = (node as JsonObject)?[name];
        return node;
    }

    /// <summary>The value as a field of a table: full precision, <c>NA</c> for what is not known.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "NA",
        JsonArray words => string.Join("; ", words.Select(Text)),
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    static IEnumerable<ResultLeaf> Below(string path, string name, JsonNode? node, string? unit) => node switch
    {
        null => [],
        JsonObject part => part
            .Where(member => member.Key != "unit")
            .SelectMany(member => Below($"{path}.{member.Key}", member.Key, member.Value, UnitOf(part) ?? unit)),
        JsonArray list => list.Count > 0 && list.All(e => e?.GetValueKind() == JsonValueKind.String) ? [new(path, path, list)] : [],
        _ => [new(path, HasUnit(name, node) && unit is not null ? $"{path}_{unit}" : path, node)],
    };

    static string? UnitOf(JsonObject part) =>
        part["unit"] is { } unit && unit.GetValueKind() == JsonValueKind.String ? unit.GetValue<string>() : null;

    // Of a distribution's parts, counts and the level of an interval have none.
    static bool HasUnit(string name, JsonNode node) => node.GetValueKind() == JsonValueKind.Number && name is not ("n" or "n_eff" or "level");
}
