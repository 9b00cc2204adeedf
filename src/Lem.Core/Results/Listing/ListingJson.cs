using System.Text.Json.Serialization;
using Lem.Core.Results.Json;

namespace Lem.Core.Results.Listing;

/// <summary>Reads digests out of results, and writes and reads the index's lines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(JoulesConverter),
        typeof(UtcTimestampConverter),
        typeof(SnakeCaseEnumConverter<FindingSeverity>),
        typeof(SnakeCaseEnumConverter<EnergyMethod>),
    ])]
[JsonSerializable(typeof(IndexEntry))]
[JsonSerializable(typeof(ResultDigest))]
[JsonSerializable(typeof(CycleDigest))]
sealed partial class ListingJson : JsonSerializerContext;
