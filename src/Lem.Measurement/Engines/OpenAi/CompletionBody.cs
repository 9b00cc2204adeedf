using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Dialects;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>Renders requests as bodies of the completions or the chat completions interface.</summary>
/// <param name="model">The name the server knows the model by.</param>
/// <param name="fields">Further fields, from the configuration; they stand in place of our own, so that what a user asks for holds.</param>
/// <param name="reusesPrompts">A prompt that the server has seen may be found in its cache.</param>
sealed class CompletionBody(string model, ServerEndpoint endpoint, ServerDialect dialect, JsonObject fields, bool reusesPrompts = false)
{
    /// <summary>Path of the interface below the server's address.</summary>
    public string Path => endpoint == ServerEndpoint.Completions ? "v1/completions" : "v1/chat/completions";

    /// <summary>Whether a request must bring its text: chat has no token ids, and not every server takes them.</summary>
    public bool NeedsText => endpoint == ServerEndpoint.ChatCompletions || !dialect.TakesTokenIds;

    public ReadOnlyMemory<byte> Render(GenerationRequest request)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var body = new Utf8JsonWriter(bytes);
        var own = new BodyFields(body, fields);
        body.WriteStartObject();
        body.WriteString("model"u8, model);
        WritePrompt(body, request);
        own.Write("max_tokens", request.MaxTokens);
        own.Write("stream", true);
        if (!fields.ContainsKey("stream_options"))
        {
            body.WriteStartObject("stream_options"u8);
            dialect.WriteStreamOptions(body);
            body.WriteEndObject();
        }

        own.Write("temperature", request.Sampling.Greedy ? 0 : request.Sampling.Temperature);
        if (!request.Sampling.Greedy)
            own.Write("top_p", request.Sampling.TopP);
        own.Write("seed", request.Seed & int.MaxValue); // some servers take 31 bits only
        dialect.WriteFields(own, request, reusesPrompts);
        foreach (var (name, value) in fields)
        {
            body.WritePropertyName(name);
            if (value is null)
                body.WriteNullValue();
            else
                value.WriteTo(body);
        }

        body.WriteEndObject();
        body.Flush();
        return bytes.WrittenSpan.ToArray(); // The writer asks for kilobytes of room, and bodies are kept.
    }

    void WritePrompt(Utf8JsonWriter body, GenerationRequest request)
    {
        if (endpoint == ServerEndpoint.ChatCompletions)
        {
            body.WriteStartArray("messages"u8);
            body.WriteStartObject();
            body.WriteString("role"u8, "user"u8);
            body.WriteString("content"u8, Text(request));
            body.WriteEndObject();
            body.WriteEndArray();
        }
        else if (NeedsText || request.Prompt.Count == 0)
            body.WriteString("prompt"u8, Text(request));
        else
        {
            body.WriteStartArray("prompt"u8);
            foreach (var token in request.Prompt)
                body.WriteNumberValue(token);
            body.WriteEndArray();
        }
    }

    static string Text(GenerationRequest request) => request.Text ?? throw new ArgumentException("a prompt without tokens or text", nameof(request));
}
