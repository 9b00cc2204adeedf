namespace Lem.Core.Results;

/// <summary>Floating-point work and memory. Megabytes are 2^20 bytes, as the devices' drivers count.</summary>
/// <param name="FlopsTotal">The headline: <paramref name="FlopsUseful"/>.</param>
/// <param name="FlopsUseful">Causal, unpadded forward pass.</param>
/// <param name="FlopsExecuted">What the kernels did, padding included.</param>
/// <param name="FlopsPerToken">Useful ÷ all tokens.</param>
/// <param name="FlopsPerSecond">Useful ÷ window.</param>
/// <param name="Mfu">Useful per second ÷ the GPUs' peak at the compute precision, 0–1.</param>
/// <param name="InferenceMemoryMb">Peak − model: caches and workspace.</param>
public sealed record ComputeMetrics(
    double? FlopsTotal,
    double? FlopsUseful,
    double? FlopsExecuted,
    double? FlopsPrefill,
    double? FlopsDecode,
    double? FlopsPerToken,
    double? FlopsPerSecond,
    string? FlopsMethod,
    string? FlopsConfidence,
    string? ComputePrecision,
    double? Mfu,
    double? PeakMemoryMb,
    double? ModelMemoryMb,
    double? InferenceMemoryMb);
