namespace Lem.Core.Results.Raw;

/// <summary>How well one channel was sampled in the window.</summary>
/// <param name="UpdatePeriodMs">The sensor's own period, as found.</param>
/// <param name="AveragingWindowMs">The time over which one reading is a mean.</param>
/// <param name="Failures">Reads that gave nothing.</param>
/// <param name="AliasRisk">0 (none) to 1: by what share of a periodic load's swing its power readings may be wrong; a counter is not known to suffer from it.</param>
/// <param name="AveragingWindowAssumed">The averaging window is neither known of the sensor nor seen in its readings: a quarter of its period is assumed. Null = no power was integrated.</param>
/// <param name="IntegralForm">How power was integrated: settled (exact for a sensor that averages, beside steady power) or hold (each reading shifted by its age).</param>
public sealed record SamplerQuality(
    string Device,
    string Source,
    long Samples,
    long Updates,
    long Failures,
    double? LongestGapMs,
    double? UpdatePeriodMs,
    double? AveragingWindowMs,
    double? AliasRisk,
    bool? AveragingWindowAssumed = null,
    string? IntegralForm = null);
