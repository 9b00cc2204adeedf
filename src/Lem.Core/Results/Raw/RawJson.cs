using System.Text.Json.Serialization;
using Lem.Core.Results.Json;

namespace Lem.Core.Results.Raw;

/// <summary>Reads and writes the raw files. Request lines have their own reader and writer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(JoulesConverter),
        typeof(WattsConverter),
        typeof(UtcTimestampConverter),
        typeof(SnakeCaseEnumConverter<FindingSeverity>),
        typeof(SnakeCaseEnumConverter<EnergyDomain>),
        typeof(SnakeCaseEnumConverter<EnergyMethod>),
        typeof(SnakeCaseEnumConverter<BaselineKind>),
    ])]
[JsonSerializable(typeof(RawExperiment))]
[JsonSerializable(typeof(RawHost))]
[JsonSerializable(typeof(RawProcess))]
[JsonSerializable(typeof(CompletionMarker))]
public sealed partial class RawJson : JsonSerializerContext;
