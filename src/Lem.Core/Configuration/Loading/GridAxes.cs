using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Legacy;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>The axes of a grid, brought from whatever form they are written in to full paths with lists of values.</summary>
static class GridAxes
{
    public static IEnumerable<ConfigMember> Flatten(ConfigMapping vary, ICollection<ConfigError> problems) => Flatten(vary, "", problems);

    public static string Unknown(string key) =>
        KeySuggestions.For(key, "", ConfigShapes.Experiment, ConfigShapes.Experiment) is { } near ? $"unknown; did you mean `{near}`?" : "unknown";

    static List<ConfigMember> Flatten(ConfigMapping vary, string prefix, ICollection<ConfigError> problems)
    {
        var axes = new List<ConfigMember>();
        foreach (var member in vary.Members)
        {
            var path = prefix is "" ? Normaliser.FullPath(member.Key, null, out _) : $"{prefix}.{member.Key}";
            if (member.Value is ConfigMapping nested && IsSection(path))
                axes.AddRange(Flatten(nested, path, problems));
            else
                axes.Add(Axis(member, path, problems));
        }
        return axes;
    }

    static ConfigMember Axis(ConfigMember member, string path, ICollection<ConfigError> problems)
    {
        var values = member.Value as ConfigSequence ?? new ConfigSequence(member.Value.Origin, [member.Value]);
        if (values.Items.Count == 0)
            problems.Add(new($"vary.{path}", "must have at least one value", Location: member.KeyOrigin.Location));
        if (path.Contains('.', StringComparison.Ordinal) is false && Normaliser.FullPath(path, null, out var several) == path && several.Count > 0)
            problems.Add(new($"vary.{path}", $"is the name of several keys; write one of {string.Join(", ", several)}", Location: member.KeyOrigin.Location));
        else if (ShapeWalk.Find(ConfigShapes.Experiment, path) is null && ExperimentLegacy.Keys.All(key => key.Old != path))
            problems.Add(new($"vary.{path}", Unknown(path), Location: member.KeyOrigin.Location));
        else
            CheckValues(values, path, problems);
        return new(path, member.KeyOrigin, values);
    }

    // Each value is held against the schema as if it stood in a file.
    static void CheckValues(ConfigSequence values, string path, ICollection<ConfigError> problems)
    {
        foreach (var value in values.Items)
        {
            var found = new List<ConfigError>();
            Normaliser.Experiment(new ConfigMapping(value.Origin, []).Set(path, value), found);
            foreach (var error in found.Under("vary").Where(error => !problems.Contains(error)))
                problems.Add(error);
        }
    }

    static bool IsSection(string path) =>
        ShapeWalk.Find(ConfigShapes.Experiment, path) is ObjectShape || ParameterTables.ForSection(path) is not null;
}
