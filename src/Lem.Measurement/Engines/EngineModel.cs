using System.Text.Json.Nodes;
using Lem.Core.Metrics.Flops;

namespace Lem.Measurement.Engines;

/// <summary>The model an engine holds, as far as it knows it.</summary>
/// <param name="Architecture">Dimensions; null with <paramref name="ArchitectureReason"/>.</param>
/// <param name="Parameters">Counted from the weights, or null where nobody can tell.</param>
/// <param name="Hidden">Width of the residual stream, for the head's work where the rest of the dimensions is unknown.</param>
/// <param name="WeightPrecision">Type most weights are stored in: f16, q4_k.</param>
/// <param name="Summary">What a reader of the result wants to see of it: family, layers, widths, types.</param>
public sealed record EngineModel(
    ModelArchitecture? Architecture,
    string? ArchitectureReason,
    ParameterCounts? Parameters,
    int? Hidden,
    int? Vocabulary,
    string? WeightPrecision,
    JsonObject? Summary);
