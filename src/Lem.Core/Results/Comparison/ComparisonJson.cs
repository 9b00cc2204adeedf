using System.Text.Json.Serialization;

namespace Lem.Core.Results.Comparison;

/// <summary>Writes comparisons.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SnakeCaseEnumConverter<FindingSeverity>), typeof(SnakeCaseEnumConverter<ComparisonVerdict>)])]
[JsonSerializable(typeof(ComparisonResult))]
public sealed partial class ComparisonJson : JsonSerializerContext;
