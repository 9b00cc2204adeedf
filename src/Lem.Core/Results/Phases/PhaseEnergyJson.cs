using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core.Results.Phases;

/// <summary>Writes energies by phase.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SnakeCaseEnumConverter<FindingSeverity>)])]
[JsonSerializable(typeof(PhaseEnergyResult))]
public sealed partial class PhaseEnergyJson : JsonSerializerContext
{
    /// <summary>The context that writes letters beyond ASCII as themselves.</summary>
    public static PhaseEnergyJson Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
