using System.Text;
using System.Text.Json;

namespace Lem.Core.Configuration.Documents;

/// <summary>Reads a JSON document into located nodes, within <see cref="Limits"/>. Comments and trailing commas are taken.</summary>
static class JsonReader
{
    static readonly JsonReaderOptions _options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = Limits.Depth,
    };

    /// <exception cref="ConfigException">The text is no JSON, or beyond the limits.</exception>
    public static ConfigNode Read(string text, Origin origin)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new LinePositions(bytes);
        var reader = new Utf8JsonReader(bytes, _options);
        try
        {
            reader.Read();
            var node = ReadNode(ref reader, places, origin);
            reader.Read();
            return node;
        }
        catch (JsonException exception)
        {
            var place = origin.At((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1).Location;
            throw new ConfigException([new("", $"is not valid JSON: {exception.Message.Split(" LineNumber:")[0]}", Location: place)]);
        }
    }

    static ConfigNode ReadNode(ref Utf8JsonReader reader, LinePositions places, Origin origin)
    {
        var here = places.At(origin, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMapping(ref reader, places, here);
            case JsonTokenType.StartArray:
                var items = new List<ConfigNode>();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                    items.Add(ReadNode(ref reader, places, here));
                return new ConfigSequence(here, items);
            case JsonTokenType.String:
                return new ConfigScalar(here, ReadText(ref reader, here));
            case JsonTokenType.Number:
                return new ConfigScalar(here, ReadNumber(ref reader, here)) { Written = Encoding.UTF8.GetString(reader.ValueSpan) };
            default:
                return new ConfigScalar(here, reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null });
        }
    }

    static ConfigMapping ReadMapping(ref Utf8JsonReader reader, LinePositions places, Origin here)
    {
        var members = new OrderedDictionary<string, ConfigMember>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var keyOrigin = places.At(here, reader.TokenStartIndex);
            var key = ReadText(ref reader, keyOrigin);
            reader.Read();
            if (!members.TryAdd(key, new(key, keyOrigin, ReadNode(ref reader, places, here))))
                throw Wrong($"`{key}` stands twice", keyOrigin);
        }
        return new(here, members.Values);
    }

    static string ReadText(ref Utf8JsonReader reader, Origin here)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.GetString answers so to an escape that is half of a surrogate pair.
            throw Wrong("holds half of a surrogate pair, which is no text", here);
        }
    }

    static object ReadNumber(ref Utf8JsonReader reader, Origin here)
    {
        if (reader.TryGetInt64(out var whole))
            return whole;
        return reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Wrong("is no finite number", here);
    }

    static ConfigException Wrong(string message, Origin here) => new([new("", message, Location: here.Location)]);
}
