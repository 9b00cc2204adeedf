using System.Text.Json.Serialization;
using Lem.Core.Results.Json;

namespace Lem.Measurement.Energy.Baselines;

/// <summary>Reads and writes the cache's file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(WattsConverter), typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(BaselineFile))]
sealed partial class BaselineJson : JsonSerializerContext;
