using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lem.Core.Results.Json;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Programs;

/// <summary>Reads and writes the answers of <c>lem measure</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
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
[JsonSerializable(typeof(ProgramResult))]
public sealed partial class ProgramJson : JsonSerializerContext
{
    /// <summary>The context that writes letters beyond ASCII as themselves, on one line.</summary>
    public static ProgramJson Line =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
