using Lem.Core.Statistics;

namespace Lem.Core.Results;

/// <summary>95 % intervals of a distribution's figures; null where the data do not allow one.</summary>
public sealed record DistributionIntervals(
    ConfidenceInterval? Mean = null,
    ConfidenceInterval? P50 = null,
    ConfidenceInterval? P90 = null,
    ConfidenceInterval? P95 = null,
    ConfidenceInterval? P99 = null);
