namespace Lem.Core.Results.Raw;

/// <summary>What one GPU told of itself over the window.</summary>
/// <param name="SmUtilisationMeanPct">Share of time in which any kernel ran, percent: not how full the GPU was.</param>
/// <param name="MemoryUtilisationMeanPct">Share of time in which memory was accessed at all, percent: not bandwidth.</param>
/// <param name="PeakFlopPerSecond">Dense peak at the compute precision, where the chip is known.</param>
public sealed record GpuTelemetry(
    string Device,
    string? Name,
    bool? Mig,
    double? MemoryTotalMb,
    double? MemoryPeakMb,
    double? SmUtilisationMeanPct,
    double? MemoryUtilisationMeanPct,
    int UtilisationSamples,
    double? TemperatureMaxC,
    double? PeakFlopPerSecond);
