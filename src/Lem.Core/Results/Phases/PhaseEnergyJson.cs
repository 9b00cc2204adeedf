using System.Text.Json.Serialization;

namespace Lem.Core.Results.Phases;

/// <summary>Writes energies by phase.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SnakeCaseEnumConverter<FindingSeverity>)])]
[JsonSerializable(typeof(PhaseEnergyResult))]
public sealed partial class PhaseEnergyJson : JsonSerializerContext;
