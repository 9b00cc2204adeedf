using System.Text.Json.Nodes;

namespace Lem.Core.Configuration;

/// <summary>Where one leaf of the effective configuration comes from.</summary>
/// <param name="Source">default, user:&lt;file&gt;, environment, preset:&lt;name&gt;, file:&lt;path&gt;, cli.</param>
/// <param name="Detail">The flag, the variable, or line and column.</param>
public sealed record ProvenanceEntry(string Path, JsonNode? Value, string Source, string? Detail);
