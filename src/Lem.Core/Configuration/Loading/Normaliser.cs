using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Legacy;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Brings a document of an experiment into today's form and holds it against the shape.</summary>
static class Normaliser
{
    public static ConfigMapping Experiment(ConfigMapping document, ICollection<ConfigError> problems)
    {
        var current = Shorthands.Expand(LegacyKeys.Rewrite(document, ExperimentLegacy.Keys, problems), Shorthands.Experiment);
        foreach (var error in ShapeChecker.Check(current, ConfigShapes.Experiment))
            problems.Add(error);
        return current;
    }

    /// <summary>A short name in full: the path itself, or the one leaf of the schema that is called so.</summary>
    /// <returns>The path as given where it is no name of the schema: the shape check will say so.</returns>
    public static string FullPath(string name, Backend? backend, out IReadOnlyList<string> ambiguous)
    {
        ambiguous = [];
        if (name.Contains('.', StringComparison.Ordinal)
            || ConfigShapes.Experiment.Members.ContainsKey(name)
            || ExperimentLegacy.Keys.Any(key => key.Old == name))
        {
            return name;
        }
        var candidates = ShapeWalk.Paths(ConfigShapes.Experiment)
            .Where(path => path.EndsWith($".{name}", StringComparison.Ordinal))
            .ToList();
        if (candidates.Count > 1 && backend is { } chosen)
            candidates = [.. candidates.Where(path => SectionOf(path) is not { } section || section == chosen)];
        if (candidates.Count > 1)
            ambiguous = candidates;
        return candidates.Count == 1 ? candidates[0] : name;
    }

    static Backend? SectionOf(string path) => Engines.ParameterTables.ForSection(path.Split('.')[0])?.Backend;
}
