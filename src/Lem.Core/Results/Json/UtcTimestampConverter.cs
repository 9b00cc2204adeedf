using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core.Results.Json;

/// <summary>ISO 8601 in UTC with microseconds: <c>2026-01-31T23:59:59.123456Z</c>. Reads any ISO 8601 time with an offset.</summary>
public sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException("not an ISO 8601 time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture));
}
