namespace Lem.Core.Results.Comparison;

/// <summary>One metric over all configurations.</summary>
/// <param name="Metric">Its path in a result.</param>
/// <param name="Pairs">Each configuration against the reference, or every one against every earlier one.</param>
public sealed record MetricComparison(string Metric, string Unit, IReadOnlyList<ComparedValue> Values, IReadOnlyList<PairComparison> Pairs);
