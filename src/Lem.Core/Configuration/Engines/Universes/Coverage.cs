namespace Lem.Core.Configuration.Engines.Universes;

/// <summary>How much of what matters an engine can be told: declared parameters and lem's own keys, over all of its arguments that can change energy or speed.</summary>
/// <remarks>That a declared parameter also arrives is what the tests of the rendered commands and requests show.</remarks>
/// <param name="Relevant">Dotted names of the arguments that matter.</param>
/// <param name="Missing">Those that nothing says.</param>
public sealed record Coverage(EngineUniverse Universe, IReadOnlyList<string> Relevant, IReadOnlyList<string> Missing)
{
    public int Covered => Relevant.Count - Missing.Count;

    /// <summary>1 = all.</summary>
    public double Share => (double)Covered / Relevant.Count;

    /// <summary>Null where no universe of the engine is recorded.</summary>
    public static Coverage? Of(Backend backend)
    {
        if (EngineUniverse.Of(backend) is not { } universe)
            return null;
        var table = ParameterTables.For(backend);
        var counted = universe.Lists.Where(list => list.Counts).SelectMany(list => list.Arguments.SelectMany(argument => Of(argument, table, "", whole: false))).ToList();
        return new(universe, [.. counted.Select(one => one.Path)], [.. counted.Where(one => !one.IsCovered).Select(one => one.Path)]);
    }

    // A mapping that is passed on as it stands carries every field of it.
    static IEnumerable<(string Path, bool IsCovered)> Of(EngineArgument argument, ParameterTable table, string prefix, bool whole)
    {
        if (!argument.Relevant)
            yield break;
        var path = prefix + argument.Name;
        var row = table.Find(path);
        yield return (path, whole || argument.By is not null || row is not null);
        foreach (var field in argument.Fields ?? [])
            foreach (var below in Of(field, table, $"{path}.", whole || row is { Fields.Count: 0 }))
                yield return below;
    }
}
