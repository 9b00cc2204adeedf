namespace Lem.Core.Results.Comparison;

/// <summary>Configurations side by side: what tells them apart, and what makes the comparison doubtful.</summary>
/// <param name="Reference">Name of the configuration the others are compared with; null where all pairs are.</param>
/// <param name="Findings">Reasons to doubt that the figures are comparable.</param>
public sealed record ComparisonResult(
    string SchemaVersion,
    string Producer,
    string? Reference,
    IReadOnlyList<ComparedConfiguration> Configurations,
    IReadOnlyList<MetricComparison> Metrics,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Version of the form.</summary>
    public const string Schema = "3.0.0";
}
