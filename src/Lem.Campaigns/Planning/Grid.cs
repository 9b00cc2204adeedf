using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;

namespace Lem.Campaigns.Planning;

/// <summary>The product of axes, aware of backends: a parameter of one engine multiplies only that engine's cells.</summary>
static class Grid
{
    /// <summary>Every combination, the first axis slowest.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, JsonNode?>>> Expand(
        IReadOnlyList<GridAxis> axes, Func<IReadOnlyList<KeyValuePair<string, JsonNode?>>, Backend> backendOf)
    {
        var universal = axes.Where(axis => axis.Backend is null).ToList();
        foreach (var combination in Product(universal))
        {
            var backend = backendOf(combination);
            foreach (var engine in Product([.. axes.Where(axis => axis.Backend == backend)]))
                yield return [.. combination, .. engine];
        }
    }

    /// <summary>An upper bound of the number of cells, without making them.</summary>
    public static double Size(IEnumerable<GridAxis> axes) => axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);

    static IEnumerable<IReadOnlyList<KeyValuePair<string, JsonNode?>>> Product(IReadOnlyList<GridAxis> axes)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, JsonNode?>>> combinations = [[]];
        foreach (var axis in axes)
        {
            combinations =
                from combination in combinations
                from value in axis.Values
                select (IReadOnlyList<KeyValuePair<string, JsonNode?>>)[.. combination, new(axis.Path, value)];
        }
        return combinations;
    }
}

/// <summary>One key of the configuration and the values it takes.</summary>
sealed record GridAxis(string Path, IReadOnlyList<JsonNode?> Values)
{
    /// <summary>The engine whose parameter this is, or null for a key that all have.</summary>
    public Backend? Backend => ParameterTables.ForSection(Path.Split('.')[0])?.Backend;

    public static IReadOnlyList<GridAxis> Of(JsonObject vary) =>
        [.. vary.Select(axis => new GridAxis(axis.Key, axis.Value is JsonArray values ? [.. values] : [axis.Value]))];
}
