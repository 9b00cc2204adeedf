using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>A GPU by its index, or by its UUID or MIG UUID. Indices are written as numbers.</summary>
[JsonConverter(typeof(GpuIdConverter))]
public readonly record struct GpuId(int? Index, string? Uuid)
{
    public static implicit operator GpuId(int index) => FromInt32(index);

    public static GpuId FromInt32(int index) => new(index, null);

    public override string ToString() => Index?.ToString(CultureInfo.InvariantCulture) ?? Uuid ?? "";
}

sealed class GpuIdConverter : JsonConverter<GpuId>
{
    public override GpuId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? new(reader.GetInt32(), null) : new(null, reader.GetString());

    public override void Write(Utf8JsonWriter writer, GpuId value, JsonSerializerOptions options)
    {
        if (value.Index is { } index)
            writer.WriteNumberValue(index);
        else
            writer.WriteStringValue(value.Uuid);
    }
}
