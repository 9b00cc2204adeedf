namespace Lem.Core.Results.Raw;

/// <summary>How well one channel was sampled in the window.</summary>
/// <param name="UpdatePeriodMs">The sensor's own period, as found.</param>
/// <param name="AveragingWindowMs">The time over which one reading is a mean.</param>
/// <param name="Failures">Reads that gave nothing.</param>
/// <param name="AliasRisk">0 (none) to 1: by what share of a periodic load's swing its power readings may be wrong; a counter is not known to suffer from it.</param>
public sealed record SamplerQuality(
    string Device,
    string Source,
    long Samples,
    long Updates,
    long Failures,
    double? LongestGapMs,
    double? UpdatePeriodMs,
    double? AveragingWindowMs,
    double? AliasRisk);
