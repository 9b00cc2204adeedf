namespace Lem.Cli.Comparisons;

/// <summary>What the command line asks to be compared.</summary>
/// <param name="Names">Experiments or windows, as they were typed.</param>
/// <param name="Reference">The one the others are compared with; null = the first.</param>
/// <param name="Metrics">Paths of figures in a result; none = the headline ones.</param>
sealed record ComparisonRequest(IReadOnlyList<string> Names, string? Reference, bool AllPairs, IReadOnlyList<string> Metrics, ComparisonFormat Format);
