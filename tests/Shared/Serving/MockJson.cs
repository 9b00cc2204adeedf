using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lem.Tests.Shared.Serving;

/// <summary>Options as JSON in snake_case, the form the executable takes them in.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(MockOptions))]
sealed partial class MockJson : JsonSerializerContext
{
    public static string Write(MockOptions options) => JsonSerializer.Serialize(options, Default.MockOptions);

    /// <summary>Reads options from arguments: a JSON object, or single settings such as <c>ttft_ms=150</c>, later ones winning.</summary>
    /// <exception cref="JsonException">A setting is unknown or of the wrong kind.</exception>
    public static MockOptions Read(IEnumerable<string> arguments)
    {
        var merged = new JsonObject();
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (argument.StartsWith('{'))
                foreach (var (name, value) in JsonNode.Parse(argument)!.AsObject()) // Starts as an object, so it is one or throws.
                    merged[name] = value?.DeepClone();
            else if (equals > 0)
                merged[argument[..equals]] = Value(argument[(equals + 1)..]);
            else
                throw new JsonException($"'{argument}' is neither a JSON object nor name=value");
        }

        return merged.Deserialize(Default.MockOptions) ?? new();
    }

    // 150, true and {"crlf": true} are JSON; llama_server is a string.
    static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
