using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>What a server says when it refuses, out of the shapes in which servers say it.</summary>
static class ErrorBody
{
    const int MostBytes = 64 << 10;
    const int MostCharacters = 500;

    /// <summary>Its message, one line; its reason phrase where there is none.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MostBytes];
        var count = await body.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, cancellationToken);
        var text = Message(Encoding.UTF8.GetString(bytes, 0, count)).ReplaceLineEndings(" ").Trim();
        return text is "" ? response.ReasonPhrase ?? "" : text[..Math.Min(text.Length, MostCharacters)];
    }

    // {"error":{"message"}} of OpenAI, vLLM and llama-server; {"message"} of older vLLM; {"detail"} of FastAPI; else the text as it is.
    internal static string Message(string body)
    {
        try
        {
            var json = JsonNode.Parse(body) as JsonObject;
            var said = json?["error"] is JsonObject error ? error["message"] : json?["error"] ?? json?["message"] ?? json?["detail"];
            return said is JsonValue value && value.TryGetValue<string>(out var text) ? text : said?.ToJsonString() ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
