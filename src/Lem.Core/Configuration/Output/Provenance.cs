using System.Text.Json.Nodes;
using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Output;

/// <summary>Walks the effective configuration and the merged tree side by side, and says of each leaf where it comes from.</summary>
static class Provenance
{
    public static IReadOnlyList<ProvenanceEntry> Of(JsonObject effective, ConfigMapping merged) => [.. Walk(effective, merged, "", Origin.Default)];

    static IEnumerable<ProvenanceEntry> Walk(JsonNode? value, ConfigNode? node, string path, Origin above)
    {
        var origin = node?.Origin ?? above;
        if (value is not JsonObject { Count: > 0 } map)
            return [new(path, value?.DeepClone(), origin.Source, origin.Detail ?? Place(origin.Location))];

        // A key that nobody wrote has its default, whoever wrote the section around it.
        return map.SelectMany(member =>
            Walk(member.Value, (node as ConfigMapping)?[member.Key], path is "" ? member.Key : $"{path}.{member.Key}", Origin.Default));
    }

    static string? Place(ConfigLocation? location) => location is null ? null : $"line {location.Line}, column {location.Column}";
}
