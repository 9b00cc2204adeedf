using System.Text.Json.Nodes;
using Lem.Core.Configuration;

namespace Lem.Campaigns.Planning;

/// <summary>One cell that will run: a whole configuration, and where it stands in the grid.</summary>
/// <param name="Axes">Path and value of each axis; none for a cell from a file.</param>
public sealed record PlannedCell(string Name, IReadOnlyList<KeyValuePair<string, JsonNode?>> Axes, LoadedConfig Loaded);

/// <summary>One cell that will not run.</summary>
/// <param name="Reason">Why, in a line.</param>
/// <param name="Errors">What is wrong with it; none when it was excluded or is a duplicate.</param>
public sealed record RejectedCell(
    string Name, IReadOnlyList<KeyValuePair<string, JsonNode?>> Axes, string Reason, IReadOnlyList<ConfigError> Errors);
