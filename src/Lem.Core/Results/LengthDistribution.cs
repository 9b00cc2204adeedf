namespace Lem.Core.Results;

/// <summary>Token counts per request. The histogram's bins double: 0, 1, 2–3, 4–7, …</summary>
public sealed record LengthDistribution(
    long N,
    int? Min,
    double? Mean,
    double? P50,
    double? P95,
    double? P99,
    int? Max,
    IReadOnlyList<LengthBin> Histogram);
