using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lem.Core.Results.Json;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results;

/// <summary>Reads and writes results.</summary>
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
[JsonSerializable(typeof(ExperimentResult))]
[JsonSerializable(typeof(MultiCycleResult))]
public sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary>The context that writes letters beyond ASCII as themselves: results are read by people too.</summary>
    public static ResultsJson Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
