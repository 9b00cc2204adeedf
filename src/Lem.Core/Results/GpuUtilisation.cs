namespace Lem.Core.Results;

/// <summary>NVML's utilisation, percent: the share of time in which anything ran, not how much of the GPU was used.</summary>
/// <param name="SmUtilisationMean">Share of time with any kernel running, mean over GPUs.</param>
/// <param name="MemoryBandwidthUtilisation">Share of time with any memory access: no share of bandwidth, whatever its name says.</param>
public sealed record GpuUtilisation(double? SmUtilisationMean, int? SmUtilisationSamples, double? MemoryBandwidthUtilisation);
