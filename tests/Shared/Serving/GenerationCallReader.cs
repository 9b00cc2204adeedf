using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>Reads the body of a completion or a chat completion.</summary>
static class GenerationCallReader
{
    // Markers that a chat template puts around every message.
    const int TemplateTokens = 4;

    /// <exception cref="JsonException">The body is no JSON object.</exception>
    /// <exception cref="FormatException">Something in it is missing or of the wrong kind; the message says what.</exception>
    public static GenerationCall Read(bool chat, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("the body must be a JSON object");

        var prompts = chat ? [Messages(root)] : Prompts(root);
        var options = root.TryGetProperty("stream_options", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var call = new GenerationCall(
            chat,
            Text(root, "model"),
            prompts,
            Number(root, "max_completion_tokens") ?? Number(root, "max_tokens") ?? Number(root, "n_predict"),
            Number(root, "min_tokens") ?? 0,
            Flag(root, "ignore_eos"),
            Flag(root, "stream"),
            Flag(options, "include_usage"),
            Flag(options, "continuous_usage_stats"),
            Flag(root, "timings_per_token"),
            Flag(root, "return_token_ids"),
            Flag(root, "cache_prompt", missing: true));
        return call.MaxTokens < 1 ? throw new FormatException($"max_tokens must be at least 1, got {call.MaxTokens}.") : call;
    }

    // "text", [1, 2, 3], ["text", …] or [[1, 2], …].
    static IReadOnlyList<IReadOnlyList<int>> Prompts(JsonElement root)
    {
        if (!root.TryGetProperty("prompt", out var prompt))
            throw new FormatException("prompt: Field required");
        if (prompt.ValueKind != JsonValueKind.Array)
            return [OnePrompt(prompt)];
        if (prompt.GetArrayLength() == 0)
            throw new FormatException("prompt must not be empty");
        return prompt[0].ValueKind == JsonValueKind.Number ? [Tokens(prompt)] : [.. prompt.EnumerateArray().Select(OnePrompt)];
    }

    static List<int> OnePrompt(JsonElement prompt) => prompt.ValueKind switch
    {
        JsonValueKind.String => Vocabulary.Encode(Encoding.UTF8.GetBytes(prompt.GetString() ?? ""), beginOfText: true),
        JsonValueKind.Array => Tokens(prompt),
        _ => throw new FormatException("prompt must be a string, a list of strings, a list of tokens, or a list of lists of tokens"),
    };

    static List<int> Tokens(JsonElement array)
    {
        var tokens = new List<int>(array.GetArrayLength());
        foreach (var token in array.EnumerateArray())
            tokens.Add(token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0
                ? id
                : throw new FormatException("a token must be a whole number of zero or more"));
        return tokens;
    }

    static List<int> Messages(JsonElement root)
    {
        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            throw new FormatException("messages: Field required");
        List<int> tokens = [Vocabulary.BeginOfText];
        foreach (var message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("content", out var content))
                throw new FormatException("a message must have content");
            for (var i = 0; i < TemplateTokens; i++)
                tokens.Add('|');
            tokens.AddRange(Vocabulary.Encode(Encoding.UTF8.GetBytes(Content(content)), beginOfText: false));
        }

        return tokens;
    }

    // "text", or parts of which those of type text count.
    static string Content(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString() ?? "",
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Text(part, "text"))),
        _ => "",
    };

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    static bool Flag(JsonElement element, string name, bool missing = false) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.True
            : missing;
}
