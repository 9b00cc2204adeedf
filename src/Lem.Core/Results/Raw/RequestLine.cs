using System.Text.Json;

namespace Lem.Core.Results.Raw;

/// <summary>Parses one line of requests_&lt;N&gt;.jsonl. Keeps its gap buffers between lines, so it serves one thread.</summary>
sealed class RequestLine
{
    int[] _numbers = new int[256];

    /// <summary>The request of a line. Unknown fields are skipped.</summary>
    /// <exception cref="JsonException">The line is torn, or is not a request.</exception>
    public RequestRecord Parse(ReadOnlySpan<byte> line) => new WrittenRequestLine(line, ref _numbers).Read() ?? ParseAny(line);

    RequestRecord ParseAny(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        int? i = null, prompt = null, inputTokens = null, outputTokens = null;
        double? intended = null, sent = null, first = null, last = null, prefill = null, tokenize = null, end = null;
        string? tokenSource = null;
        int[]? gaps = null, gapTokens = null;
        bool? ok = null;
        RequestError? error = null;

        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("i"u8))
                i = Integer(ref reader);
            else if (reader.ValueTextEquals("prompt"u8))
                prompt = Integer(ref reader);
            else if (reader.ValueTextEquals("intended_s"u8))
                intended = Seconds(ref reader);
            else if (reader.ValueTextEquals("sent_s"u8))
                sent = Seconds(ref reader);
            else if (reader.ValueTextEquals("first_s"u8))
                first = Seconds(ref reader);
            else if (reader.ValueTextEquals("last_s"u8))
                last = Seconds(ref reader);
            else if (reader.ValueTextEquals("prefill_s"u8))
                prefill = Seconds(ref reader);
            else if (reader.ValueTextEquals("tokenize_ms"u8))
                tokenize = Seconds(ref reader);
            else if (reader.ValueTextEquals("end_s"u8))
                end = Seconds(ref reader);
            else if (reader.ValueTextEquals("input_tokens"u8))
                inputTokens = Integer(ref reader);
            else if (reader.ValueTextEquals("output_tokens"u8))
                outputTokens = Integer(ref reader);
            else if (reader.ValueTextEquals("token_source"u8))
                tokenSource = Text(ref reader);
            else if (reader.ValueTextEquals("gaps_us"u8))
                gaps = Numbers(ref reader);
            else if (reader.ValueTextEquals("gap_tokens"u8))
                gapTokens = Numbers(ref reader);
            else if (reader.ValueTextEquals("ok"u8))
                ok = Next(ref reader) is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Bad("ok is not true or false");
            else if (reader.ValueTextEquals("error"u8))
                error = Error(ref reader);
            else
                Skip(ref reader);
        }

        if (reader.Read())
            throw Bad("more than one object in a line");
        return new RequestRecord(
            i ?? throw Missing("i"),
            prompt ?? throw Missing("prompt"),
            intended ?? throw Missing("intended_s"),
            sent,
            first,
            last,
            inputTokens ?? throw Missing("input_tokens"),
            outputTokens ?? throw Missing("output_tokens"),
            tokenSource,
            gaps,
            gapTokens,
            ok ?? throw Missing("ok"),
            error,
            prefill,
            tokenize,
            end);
    }

    static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw Bad("the line ends early");

    static void Expect(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (Next(ref reader) != wanted)
            throw Bad($"expected {wanted}, found {reader.TokenType}");
    }

    static void Skip(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        reader.Skip();
    }

    static int Integer(ref Utf8JsonReader reader) => Count(ref reader) ?? throw Bad("not a whole number of zero or more");

    static int? Count(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt32(out var value) && value >= 0 => value,
        _ => throw Bad("not a whole number of zero or more"),
    };

    static double? Seconds(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetDouble(out var value) && double.IsFinite(value) => value,
        _ => throw Bad("not a number of seconds or milliseconds"),
    };

    static string? Text(ref Utf8JsonReader reader) => Next(ref reader) switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        _ => throw Bad("not a text"),
    };

    int[]? Numbers(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("not a list of numbers");

        var count = 0;
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (count == _numbers.Length)
                Array.Resize(ref _numbers, 2 * count);
            _numbers[count++] = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) && value >= 0
                ? value
                : throw Bad("not a list of whole numbers of zero or more");
        }

        return _numbers[..count];
    }

    static RequestError? Error(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad("error is not an object");

        string? kind = null, message = null;
        int? afterTokens = null;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
                kind = Text(ref reader);
            else if (reader.ValueTextEquals("message"u8))
                message = Text(ref reader);
            else if (reader.ValueTextEquals("after_tokens"u8))
                afterTokens = Count(ref reader);
            else
                Skip(ref reader);
        }

        return new RequestError(kind ?? throw Missing("error.kind"), message ?? "", afterTokens);
    }

    static JsonException Bad(string message) => new(message);

    static JsonException Missing(string field) => new($"the field {field} is missing");
}
