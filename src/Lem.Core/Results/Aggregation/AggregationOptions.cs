namespace Lem.Core.Results.Aggregation;

/// <summary>How strict aggregation is.</summary>
/// <param name="Strict">Missing, torn, or unmarked files are an error instead of a finding.</param>
/// <param name="AllowMixedBackends">Processes of different backends may be added up.</param>
public sealed record AggregationOptions(bool Strict = true, bool AllowMixedBackends = false);
