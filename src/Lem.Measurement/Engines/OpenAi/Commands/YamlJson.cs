using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>JSON that a YAML 1.1 reader (PyYAML) takes for the same: it takes <c>1E-05</c> for text, and <c>1.0E-05</c> for a number.</summary>
static class YamlJson
{
    public static string Write(JsonObject document)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        Write(json, document);
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonObject map:
                json.WriteStartObject();
                foreach (var (name, value) in map)
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case JsonArray list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.Number)
                    json.WriteRawValue(Number(node.ToJsonString()));
                else
                    node.WriteTo(json);
                break;
        }
    }

    static string Number(string text)
    {
        var exponent = text.IndexOfAny(['e', 'E']);
        return exponent < 0 || text.Contains('.', StringComparison.Ordinal) ? text : text.Insert(exponent, ".0");
    }
}
