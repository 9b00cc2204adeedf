namespace Lem.Core.Configuration;

/// <summary>One value from the command line.</summary>
/// <param name="Path">Dotted path, or a leaf name that is unique in the schema.</param>
/// <param name="Value">As typed: a YAML scalar or flow value.</param>
/// <param name="Flag">The flag it came by, for provenance: <c>--set</c>, <c>--max-tokens</c>.</param>
public sealed record ConfigOverride(string Path, string Value, string Flag = "--set");
