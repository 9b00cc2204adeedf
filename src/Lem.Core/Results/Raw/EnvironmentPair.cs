using System.Text.Json.Nodes;

namespace Lem.Core.Results.Raw;

/// <summary>The machine before and after the window.</summary>
public sealed record EnvironmentPair(JsonObject? Before, JsonObject? After);
