using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines.Universes;

namespace Lem.Tests.Shared.Engines;

/// <summary>Turns the words of a command line into the values an engine's declared types make of them.</summary>
static class ArgumentText
{
    /// <exception cref="RefusedArgumentException">A word is none of the declared type, or none of the choices.</exception>
    public static JsonNode? Read(EngineArgument argument, string flag, string word)
    {
        if (argument.Nullable && word is "" or "None")
            return null;
        if (argument is { Choices: { } choices, Type: "choice" or "integer" } && !choices.Contains(word))
            throw new RefusedArgumentException($"argument {flag}: invalid choice: '{word}' (choose from {string.Join(", ", choices)})");
        return argument.Type switch
        {
            "integer" or "integers" => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? JsonNode.Parse(word)
                : throw new RefusedArgumentException($"argument {flag}: invalid int value: '{word}'"),
            "number" or "numbers" => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? JsonNode.Parse(word)
                : throw new RefusedArgumentException($"argument {flag}: invalid float value: '{word}'"),
            "json" or "json-list" or "any" => Json(flag, word),
            _ => word,
        };
    }

    static JsonNode? Json(string flag, string word)
    {
        try
        {
            return JsonNode.Parse(word);
        }
        catch (JsonException)
        {
            throw new RefusedArgumentException($"argument {flag}: Value {word} cannot be converted to JSON.");
        }
    }
}
