using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Output;

/// <summary>Identity of what is measured: SHA-256 of the canonical JSON (keys sorted, no spaces, shortest numbers) of the effective
/// configuration without the keys that name, place or repeat it.</summary>
public static class ConfigHash
{
    static readonly string[] _leftOut = ["config_name", "io", "extra_metadata", "schedule", "runner"];

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(JsonObject effective)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, effective, leftOut: _leftOut);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    static void Write(Utf8JsonWriter writer, JsonNode? node, string[] leftOut)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Where(member => !leftOut.Contains(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    Write(writer, value, leftOut: []);
                }
                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item, leftOut: []);
                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, node.AsValue());
                break;
        }
    }

    // 1 and 1.0 are one number, however they were written.
    static void WriteScalar(Utf8JsonWriter writer, JsonValue value)
    {
        if (value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<double>(out var number) && number == Math.Truncate(number) && Math.Abs(number) < 1L << 53)
            writer.WriteNumberValue((long)number);
        else
            value.WriteTo(writer);
    }
}
