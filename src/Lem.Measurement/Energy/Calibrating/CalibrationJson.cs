using System.Text.Json.Serialization;
using Lem.Core.Results.Json;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>Reads and writes the file of calibrations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(WattsConverter), typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(CalibrationFile))]
sealed partial class CalibrationJson : JsonSerializerContext;
