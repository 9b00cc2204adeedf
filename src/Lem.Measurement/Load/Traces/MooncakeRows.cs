using System.Text.Json;

namespace Lem.Measurement.Load.Traces;

/// <summary>
/// Lines of the Mooncake traces (kvcache-ai/Mooncake): <c>{"timestamp": ms, "input_length": …, "output_length": …, "hash_ids": […]}</c>, one id for
/// each block of 512 prompt tokens; an id stands for its block and all before it.
/// </summary>
static class MooncakeRows
{
    const double MaxMilliseconds = 366 * 86_400_000.0;

    static readonly JsonDocumentOptions Json = new() { MaxDepth = 8 };

    public static TraceRow Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException($"expected a JSON object, found {root.ValueKind}");
            var input = Tokens(root, "input_length");
            return new(TimeSpan.FromMilliseconds(Time(root)), input, Tokens(root, "output_length"), Blocks(root, input));
        }
        catch (JsonException e)
        {
            throw new FormatException($"not JSON: {e.Message}", e);
        }
    }

    static double Time(JsonElement root) =>
        root.TryGetProperty("timestamp", out var value) && value.ValueKind == JsonValueKind.Number
        && value.GetDouble() is >= 0 and <= MaxMilliseconds and var time
            ? time
            : throw new FormatException("timestamp must be milliseconds of 0 or more");

    static int Tokens(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var tokens) && tokens is >= 0 and <= CsvColumns.MaxTokens
            ? tokens
            : throw new FormatException($"{name} must be a whole number of 0 to {CsvColumns.MaxTokens}");

    static long[]? Blocks(JsonElement root, int input)
    {
        if (!root.TryGetProperty("hash_ids", out var ids) || ids.ValueKind == JsonValueKind.Null)
            return null;
        if (ids.ValueKind != JsonValueKind.Array)
            throw new FormatException("hash_ids must be a list of whole numbers");
        var blocks = new long[ids.GetArrayLength()];
        var expected = (input + RecordedTrace.BlockTokens - 1) / RecordedTrace.BlockTokens;
        if (blocks.Length != expected)
            throw new FormatException($"{blocks.Length} hash_ids, but {input} tokens are {expected} blocks of {RecordedTrace.BlockTokens}");
        for (var i = 0; i < blocks.Length; i++)
            if (ids[i].ValueKind != JsonValueKind.Number || !ids[i].TryGetInt64(out blocks[i]))
                throw new FormatException("hash_ids must be a list of whole numbers");
        return blocks;
    }
}
