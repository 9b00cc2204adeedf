namespace Lem.Core.Configuration;

/// <summary>How intervals over cycles are computed; percentile needs n ≥ 30.</summary>
public sealed record StatisticsConfig(CiMethod CiMethod = CiMethod.T);
