using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Dialects;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>Renders requests as bodies of the completions or the chat completions interface.</summary>
/// <param name="model">The name the server knows the model by.</param>
/// <param name="fields">Further fields, from the configuration; they stand last, so that what a user asks for holds.</param>
sealed class CompletionBody(string model, ServerEndpoint endpoint, ServerDialect dialect, JsonObject fields)
{
    /// <summary>Path of the interface below the server's address.</summary>
    public string Path => endpoint == ServerEndpoint.Completions ? "v1/completions" : "v1/chat/completions";

    /// <summary>Whether a request must bring its text: chat has no token ids, and not every server takes them.</summary>
    public bool NeedsText => endpoint == ServerEndpoint.ChatCompletions || !dialect.TakesTokenIds;

    public ReadOnlyMemory<byte> Render(GenerationRequest request)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var body = new Utf8JsonWriter(bytes);
        body.WriteStartObject();
        body.WriteString("model"u8, model);
        WritePrompt(body, request);
        Write(body, "max_tokens", request.MaxTokens);
        Write(body, "stream", true);
        body.WriteStartObject("stream_options"u8);
        dialect.WriteStreamOptions(body);
        body.WriteEndObject();
        Write(body, "temperature", request.Sampling.Greedy ? 0 : request.Sampling.Temperature);
        if (!request.Sampling.Greedy)
            Write(body, "top_p", request.Sampling.TopP);
        Write(body, "seed", request.Seed & int.MaxValue); // some servers take 31 bits only
        dialect.WriteFields(body, request);
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

    void Write(Utf8JsonWriter body, string name, double value)
    {
        if (!fields.ContainsKey(name))
            body.WriteNumber(name, value);
    }

    void Write(Utf8JsonWriter body, string name, bool value)
    {
        if (!fields.ContainsKey(name))
            body.WriteBoolean(name, value);
    }
}
