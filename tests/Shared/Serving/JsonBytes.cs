using System.Buffers;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>JSON written member by member: no reflection, no strings in between.</summary>
static class JsonBytes
{
    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
