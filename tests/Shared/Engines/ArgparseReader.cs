using System.Text.Json.Nodes;
using Lem.Core.Configuration.Engines.Universes;

namespace Lem.Tests.Shared.Engines;

/// <summary>Reads a command line as Python's argparse does with what an engine declares: <c>BooleanOptionalAction</c>, <c>store_true</c>, <c>nargs="+"</c>, types and choices.</summary>
/// <param name="list">What the engine declares.</param>
/// <param name="earliest">As its earliest recorded version, which lacks what is newer.</param>
sealed class ArgparseReader(ArgumentList list, bool earliest = false)
{
    /// <summary>Values by name; the words before the first flag under <c>""</c>.</summary>
    /// <exception cref="RefusedArgumentException">In argparse's words.</exception>
    public JsonObject Read(IReadOnlyList<string> words)
    {
        var values = new JsonObject();
        var positional = new JsonArray();
        for (var i = 0; i < words.Count;)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                positional.Add(words[i++]);
                continue;
            }

            var (flag, attached) = words[i++].Split('=', 2) is [var left, var right] ? (left, right) : (words[i - 1], (string?)null);
            var (argument, isNo) = Find(flag) ?? throw new RefusedArgumentException($"unrecognized arguments: {flag}");
            List<string> given = attached is null ? [] : [attached];
            while (attached is null && i < words.Count && !words[i].StartsWith('-') && Takes(argument, given.Count))
                given.Add(words[i++]);
            values[argument.Name] = Value(argument, flag, isNo, given);
        }

        values[""] = positional;
        return values;
    }

    static bool Takes(EngineArgument argument, int taken) => argument.Type switch
    {
        "boolean" or "switch" => false,
        "integers" or "numbers" or "texts" => true,
        _ => taken == 0,
    };

    static JsonNode? Value(EngineArgument argument, string flag, bool isNo, List<string> given) => argument.Type switch
    {
        "boolean" or "switch" => given.Count == 0 ? !isNo : throw new RefusedArgumentException($"argument {flag}: ignored explicit argument '{given[0]}'"),
        "integers" or "numbers" or "texts" when given.Count > 0 => new JsonArray([.. given.Select(word => ArgumentText.Read(argument, flag, word))]),
        _ when given.Count == 0 => throw new RefusedArgumentException($"argument {flag}: expected {(argument.Type.EndsWith('s') ? "at least " : "")}one argument"),
        _ => Nested(argument, flag, ArgumentText.Read(argument, flag, given[0])),
    };

    // A mapping is bound to the fields that the engine declares for it.
    static JsonNode? Nested(EngineArgument argument, string flag, JsonNode? value)
    {
        if (argument.Fields is { } fields && value is JsonObject map)
            FieldReader.Check(fields, map, $"argument {flag}: ", unknownIsRefused: true);
        return value;
    }

    (EngineArgument Argument, bool IsNo)? Find(string flag)
    {
        var name = flag[2..].Replace('-', '_');
        if (Known(name) is { } argument)
            return (argument, false);
        return name.StartsWith("no_", StringComparison.Ordinal) && Known(name[3..]) is { Type: "boolean" } opposite ? (opposite, true) : null;
    }

    EngineArgument? Known(string name) => list.Find(name) is { } argument && !(earliest && argument.Newer) ? argument : null;
}
