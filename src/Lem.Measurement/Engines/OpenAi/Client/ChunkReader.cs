using System.Text;
using System.Text.Json;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>
/// Reads the events of one completion stream (text and chat alike) in their order. Allocates nothing for an event of the usual kind, unless texts are kept.
/// </summary>
/// <remarks>
/// How many tokens an event brought is told by the growth of <c>usage.completion_tokens</c> (vLLM's <c>continuous_usage_stats</c>) or of
/// <c>timings.predicted_n</c> (llama-server's <c>timings_per_token</c>), or by the number of <c>token_ids</c>; else it is unknown.
/// </remarks>
/// <param name="keepText">Also hand out the texts.</param>
sealed class ChunkReader(bool keepText)
{
    EventShape? _shape;
    int _told;

    /// <summary>Output came that no number stood beside: from then on a total's growth says nothing of one event.</summary>
    public bool IsUntold { get; private set; }

    /// <summary>The last total the server told, −1 = none.</summary>
    public int OutputTokens { get; private set; } = -1;

    /// <summary>Prompt tokens by the server's count, −1 = not told.</summary>
    public int PromptTokens { get; private set; } = -1;

    /// <summary>Of them, found in its prefix cache; −1 = not told.</summary>
    public int CachedTokens { get; private set; } = -1;

    /// <summary>One event's data.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public StreamChunk Read(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
            return new(IsDone: true);

        if (_shape is { } known && known.Fits(data, out var text, out var counter))
        {
            OutputTokens = counter >= 0 ? counter : OutputTokens;
            return Chunk(new() { IsThere = true, HasText = true, Text = keepText ? Encoding.UTF8.GetString(text) : null });
        }

        return Parse(data);
    }

    StreamChunk Parse(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        var choice = new Choice { CounterStart = -1 };
        string? error = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an event that is no JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
                ReadChoices(ref reader, ref choice);
            else if (reader.ValueTextEquals("usage"u8))
                ReadUsage(ref reader, ref choice);
            else if (reader.ValueTextEquals("timings"u8))
                ReadTimings(ref reader, ref choice);
            else if (reader.ValueTextEquals("error"u8))
                error = ReadError(ref reader);
            else
                Skip(ref reader);
        }

        if (error is not null)
            return new(Error: error);
        if (choice is { Texts: 1, TokenIds: 0, FinishReason: null })
            _shape = EventShape.Learn(data, choice.TextStart, choice.TextLength, choice.CounterStart);
        return Chunk(choice);
    }

    StreamChunk Chunk(in Choice choice)
    {
        var grown = IsUntold ? -1 : OutputTokens - _told;
        _told = Math.Max(_told, OutputTokens);
        // A total that stands alone, after all choices, is the answer's and no event's.
        var tokens = !choice.IsThere ? 0 : OutputTokens >= 0 && grown >= 0 ? grown : choice.TokenIds;
        if (tokens > 0)
            return new(true, tokens, false, choice.FinishReason, choice.Text);
        IsUntold |= choice.HasText && OutputTokens < 0;
        return new(choice.HasText, choice.HasText ? TokenEvent.Unknown : 0, false, choice.FinishReason, choice.Text);
    }

    // [{"index":0,"text":…,"finish_reason":…}] or [{"delta":{"content":…}}]; only one choice is ever asked for.
    void ReadChoices(ref Utf8JsonReader reader, ref Choice choice)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("a choice that is no object");
            choice.IsThere = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("text"u8))
                    ReadText(ref reader, ref choice);
                else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
                    ReadDelta(ref reader, ref choice);
                else if (reader.ValueTextEquals("token_ids"u8))
                    choice.TokenIds = Count(ref reader);
                else if (reader.ValueTextEquals("finish_reason"u8))
                    choice.FinishReason = Word(ref reader);
                else
                    Skip(ref reader);
            }
        }
    }

    void ReadDelta(ref Utf8JsonReader reader, ref Choice choice)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // What a model thinks costs as much as what it says.
            if (reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
                ReadText(ref reader, ref choice);
            else if (reader.ValueTextEquals("tool_calls"u8))
                choice.HasText |= Count(ref reader) > 0;
            else
                Skip(ref reader);
        }
    }

    void ReadText(ref Utf8JsonReader reader, ref Choice choice)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
        {
            reader.Skip();
            return;
        }

        choice.HasText = true;
        choice.Texts += reader.ValueIsEscaped ? 2 : 1; // what is escaped is nothing to learn from
        (choice.TextStart, choice.TextLength) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        if (keepText)
            choice.Text += reader.GetString();
    }

    void ReadUsage(ref Utf8JsonReader reader, ref Choice choice)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("completion_tokens"u8))
                ReadCounter(ref reader, ref choice);
            else if (reader.ValueTextEquals("prompt_tokens"u8))
                PromptTokens = Number(ref reader) ?? PromptTokens;
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
                ReadDetails(ref reader);
            else
                Skip(ref reader);
        }
    }

    void ReadDetails(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("cached_tokens"u8))
                CachedTokens = Number(ref reader) ?? CachedTokens;
            else
                Skip(ref reader);
        }
    }

    void ReadTimings(ref Utf8JsonReader reader, ref Choice choice)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("predicted_n"u8))
                ReadCounter(ref reader, ref choice);
            else if (reader.ValueTextEquals("cache_n"u8))
                CachedTokens = Number(ref reader) ?? CachedTokens;
            else
                Skip(ref reader);
        }
    }

    void ReadCounter(ref Utf8JsonReader reader, ref Choice choice)
    {
        OutputTokens = Number(ref reader) ?? OutputTokens;
        choice.CounterStart = (int)reader.TokenStartIndex;
    }

    // {"error":{"message":…}} of OpenAI's form, {"error":"…"} of others; null is none.
    static string? ReadError(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        using var error = JsonDocument.ParseValue(ref reader);
        return error.RootElement.ValueKind == JsonValueKind.Object && error.RootElement.TryGetProperty("message", out var message)
            ? message.ToString()
            : error.RootElement.ToString();
    }

    // The two words that nearly every stream ends with need no string of their own.
    static string? Word(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty ? null
            : reader.ValueTextEquals("length"u8) ? "length"
            : reader.ValueTextEquals("stop"u8) ? "stop"
            : reader.GetString();
    }

    static int? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) && value >= 0)
            return value;
        reader.Skip();
        return null;
    }

    static int Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return 0;
        }

        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            reader.Skip();
        return count;
    }

    static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    struct Choice
    {
        public bool IsThere;
        public bool HasText;
        public int TokenIds;
        public int Texts;
        public int TextStart;
        public int TextLength;
        public int CounterStart;
        public string? FinishReason;
        public string? Text;
    }
}
