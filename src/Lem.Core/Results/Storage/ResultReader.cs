using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lem.Core.Results.Storage;

/// <summary>Reads a result from its bytes, whoever may have written or damaged them.</summary>
public static class ResultReader
{
    // System.Text.Json's own default is 64; results nest 8 deep, configurations in them some more.
    const int DeepestNesting = 64;

    /// <summary>A result of schema v3 written by lem.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="LemException">Not JSON, torn, another producer, or a newer version than this one knows.</exception>
    public static ExperimentResult ParseResult(ReadOnlySpan<byte> json, string name) => Parse(json, ResultsJson.Default.ExperimentResult, name);

    internal static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string name)
        where T : class
    {
        try
        {
            CheckHeader(json, name);
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("the file holds null");
        }
        catch (JsonException e)
        {
            throw NotAResult(name, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            // Invalid UTF-8 inside a text.
            throw NotAResult(name, e.Message, e);
        }
    }

    /// <summary>Who wrote it and in which version, before anything else is believed.</summary>
    static void CheckHeader(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        string? producer = null, version = null;
        ulong lists = 0; // Bit d: the value open at depth d is a list.
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    lists |= 1UL << reader.CurrentDepth;
                    break;
                case JsonTokenType.StartObject:
                    lists &= ~(1UL << reader.CurrentDepth);
                    break;
                case JsonTokenType.Null when reader.CurrentDepth > 0 && (lists >> (reader.CurrentDepth - 1) & 1) == 1:
                    // Nullable annotations are checked for properties, not for elements.
                    throw new JsonException("null in a list");
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1 && reader.ValueTextEquals("producer"u8):
                    producer = Text(ref reader);
                    break;
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1 && reader.ValueTextEquals("schema_version"u8):
                    version = Text(ref reader);
                    break;
                case JsonTokenType.PropertyName when IsFreeForm(ref reader):
                    reader.Skip();
                    break;
            }
        }

        if (producer != ExperimentResult.Lem)
            throw new LemException($"{name}: not written by lem (producer {producer ?? "unknown"})", "lem results migrate converts results of older tools.");
        if (version?.Split('.')[0] != ExperimentResult.Schema.Split('.')[0])
            throw new LemException($"{name}: schema_version {version ?? "unknown"}, but this lem reads 3.x", "Update lem, or migrate the file.");
    }

    /// <summary>Parts whose form is not ours: configurations, engines' own words; and cycles' values, which may be unknown.</summary>
    static bool IsFreeForm(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("effective_config"u8) || reader.ValueTextEquals("parameter_provenance"u8)
        || reader.ValueTextEquals("cli_overrides"u8) || reader.ValueTextEquals("engine_effective"u8)
        || reader.ValueTextEquals("engine_statistics"u8) || reader.ValueTextEquals("architecture"u8)
        || reader.ValueTextEquals("before"u8) || reader.ValueTextEquals("after"u8)
        || reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("values"u8);

    static string? Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("producer and schema_version must be texts");

    static LemException NotAResult(string name, string message, Exception cause) =>
        new($"{name}: {message}", "The file is torn or was edited; lem aggregate --force makes it anew from the raw files.", cause);
}
