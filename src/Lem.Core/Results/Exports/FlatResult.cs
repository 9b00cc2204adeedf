using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Results.Exports;

/// <summary>A result as a flat table of dotted paths. Lists of records do not fit into one row: findings give their codes, others are left out.</summary>
static class FlatResult
{
    static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "parameter_provenance", "cli_overrides", "baselines", "phases", "sampling", "process_results", "unavailable",
    };

    /// <summary>Values by path as they stand in a CSV file; null is null.</summary>
    public static Dictionary<string, string?> Of(ExperimentResult result)
    {
        var flat = new Dictionary<string, string?>(StringComparer.Ordinal);
        var tree = JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult) as JsonObject ?? [];
        foreach (var (name, value) in tree.Where(field => !LeftOut.Contains(field.Key)))
        {
            if (name == "findings")
                flat[name] = string.Join("; ", result.Findings.Select(f => f.Code));
            else
                Add(flat, name, value);
        }

        return flat;
    }

    static void Add(Dictionary<string, string?> flat, string path, JsonNode? value)
    {
        switch (value)
        {
            case null:
                flat[path] = null;
                break;
            case JsonObject child:
                foreach (var (name, below) in child)
                    Add(flat, $"{path}.{name}", below);
                break;
            case JsonArray list when list.Any(element => element is JsonObject or JsonArray):
                break;
            case JsonArray list:
                flat[path] = string.Join("; ", list.Select(element => element is JsonValue scalar ? Text(scalar) : CsvRow.Missing));
                break;
            case JsonValue scalar:
                flat[path] = Text(scalar);
                break;
        }
    }

    static string Text(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number when value.TryGetValue<double>(out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };
}
