using System.Text.Json;
using System.Text.Json.Serialization;
using Lem.Core.Units;

namespace Lem.Core.Results.Json;

/// <summary>Joules as a plain number; the field's name carries the unit (<c>raw_j</c>).</summary>
public sealed class JoulesConverter : JsonConverter<Joules>
{
    public override Joules Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, Joules value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
