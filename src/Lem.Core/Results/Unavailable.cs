namespace Lem.Core.Results;

/// <summary>A field that is null, and why.</summary>
/// <param name="Path">Dotted path in the file; list elements by position: <c>energy_breakdown.domains[0].adjusted_j</c>.</param>
/// <param name="Reason">Stable snake_case code, or a sentence.</param>
public sealed record Unavailable(string Path, string Reason);
