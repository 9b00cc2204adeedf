using System.Globalization;
using System.Text.Json.Nodes;

namespace Lem.Core.Results.Aggregation;

/// <summary>Finds the fields of a result that are null because something is not known.</summary>
static class NullFields
{
    /// <summary>Parts in which null is a value: the user's configuration, remarks, and explanations that are only there when needed.</summary>
    static readonly HashSet<string> NotMeasurements = new(StringComparer.Ordinal)
    {
        "effective_config", "parameter_provenance", "cli_overrides", "engine_effective", "engine_statistics", "architecture",
        "findings", "unavailable", "reason", "adjusted_reason", "energy_measurement_warning", "migration",
    };

    /// <summary>Paths of all null fields, in the order of the file; list elements as <c>[i]</c>.</summary>
    public static IEnumerable<string> In(JsonObject root, string prefix = "")
    {
        foreach (var (name, value) in root)
        {
            if (NotMeasurements.Contains(name))
            {
                // A whole part that is missing is news; nulls inside it are not.
                if (value is null && name is "engine_effective" or "engine_statistics" or "architecture")
                    yield return prefix + name;
                continue;
            }

            foreach (var path in Below(value, prefix + name))
                yield return path;
        }
    }

    static IEnumerable<string> Below(JsonNode? value, string path) => value switch
    {
        null => [path],
        JsonObject child => In(child, path + "."),
        JsonArray list => list.SelectMany((element, i) => Below(element, path + string.Create(CultureInfo.InvariantCulture, $"[{i}]"))),
        _ => [],
    };
}
