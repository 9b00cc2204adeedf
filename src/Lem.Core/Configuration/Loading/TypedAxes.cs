using System.Text.Json.Nodes;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Legacy;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Axes of a grid from the command line: <c>batch_size=1,2,4</c>, <c>gpus=[0],[0,1]</c>. Values are judged later, cell by cell.</summary>
static class TypedAxes
{
    const string Flag = "--vary";

    public static JsonObject Read(IEnumerable<string> assignments, Backend? backend)
    {
        var axes = new JsonObject();
        var errors = new List<ConfigError>();
        foreach (var assignment in assignments)
        {
            if (PathOf(assignment, backend, errors) is not { } path)
                continue;
            var shape = ShapeWalk.Find(ConfigShapes.Experiment, path);
            var values = Split(assignment[(assignment.IndexOf('=', StringComparison.Ordinal) + 1)..])
                .Select(text => ScalarText.Read(text, shape, new(Layer.CommandLine, "cli", Flag)).ToJson());
            if (!axes.TryAdd(path, new JsonArray([.. values])))
                errors.Add(new(path, $"{Flag} is given twice for it; write all values in one"));
        }
        return errors.Count == 0 ? axes : throw new ConfigException(errors);
    }

    static string? PathOf(string assignment, Backend? backend, List<ConfigError> errors)
    {
        if (assignment.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 }])
        {
            errors.Add(new(Flag, $"must be key=value,value,…, but is {assignment}"));
            return null;
        }
        var path = Normaliser.FullPath(name, backend, out var ambiguous);
        if (ambiguous.Count > 0)
            errors.Add(new(name, $"{Flag}: is the name of several keys; write one of {string.Join(", ", ambiguous)}"));
        else if (ShapeWalk.Find(ConfigShapes.Experiment, path) is null && ExperimentLegacy.Keys.All(key => key.Old != path))
            errors.Add(new(name, $"{Flag}: {GridAxes.Unknown(name)}"));
        else
            return path;
        return null;
    }

    /// <summary>At commas, but not at those within a list, a mapping or quotes.</summary>
    static IEnumerable<string> Split(string text)
    {
        var (start, depth, quote) = (0, 0, '\0');
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quote != '\0')
                quote = character == quote ? '\0' : quote;
            else if (character is '"' or '\'')
                quote = character;
            else if (character is '[' or '{')
                depth++;
            else if (character is ']' or '}')
                depth--;
            else if (character is ',' && depth == 0)
            {
                yield return text[start..at].Trim();
                start = at + 1;
            }
        }
        yield return text[start..].Trim();
    }
}
