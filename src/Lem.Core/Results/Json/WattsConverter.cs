using System.Text.Json;
using System.Text.Json.Serialization;
using Lem.Core.Units;

namespace Lem.Core.Results.Json;

/// <summary>Watts as a plain number; the field's name carries the unit (<c>baseline_power_w</c>).</summary>
public sealed class WattsConverter : JsonConverter<Watts>
{
    public override Watts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, Watts value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
