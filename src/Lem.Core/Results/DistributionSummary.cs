namespace Lem.Core.Results;

/// <summary>A distribution in figures. Percentiles are those of type 7 (NumPy's default).</summary>
/// <param name="N">Values; zero where there are none, and then every other figure is null.</param>
/// <param name="NEff">Independent values they are worth.</param>
public sealed record DistributionSummary(
    string Unit,
    long N,
    double? NEff,
    double? Mean,
    double? Sd,
    double? Min,
    double? P50,
    double? P90,
    double? P95,
    double? P99,
    double? Max,
    DistributionIntervals Intervals);
