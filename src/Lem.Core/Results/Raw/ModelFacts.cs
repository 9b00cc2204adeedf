using System.Text.Json.Nodes;

namespace Lem.Core.Results.Raw;

/// <summary>The model as it was loaded.</summary>
/// <param name="Architecture">Dimensions, where they are known.</param>
/// <param name="WeightBytes">Size of the weights on disk or in memory, as the engine tells.</param>
/// <param name="ComputePrecision">fp32, tf32, fp16, bf16, fp8, int8, int4, mixed: precision of the arithmetic, not of storage.</param>
public sealed record ModelFacts(
    JsonObject? Architecture,
    long? Parameters,
    long? NonEmbeddingParameters,
    long? WeightBytes,
    string? WeightPrecision,
    string? ComputePrecision);
