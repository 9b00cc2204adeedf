using System.Text.Json;

namespace Lem.Core.Configuration.Engines.Universes;

/// <summary>Everything one version of an engine can be told, as its own sources publish it: what lem's parameter table is held against.</summary>
/// <param name="Engine">Section of the configuration: vllm, tensorrt.</param>
/// <param name="Version">The version the lists were read from.</param>
/// <param name="Date">Of that state of the sources.</param>
/// <param name="Sources">The files in <paramref name="Repository"/> that say it.</param>
/// <param name="State">Which state of the repository was read, and what of it.</param>
/// <param name="Earliest">The oldest version that is held against, too: it lacks what is marked newer.</param>
public sealed record EngineUniverse(
    string Engine,
    string Version,
    string Date,
    string Repository,
    IReadOnlyList<string> Sources,
    string State,
    string Earliest,
    string EarliestState,
    IReadOnlyList<ArgumentList> Lists)
{
    /// <summary>The recorded one of an engine; null where none is recorded.</summary>
    public static EngineUniverse? Of(Backend backend)
    {
        var section = ParameterTables.For(backend).Section;
        using var stream = typeof(EngineUniverse).Assembly.GetManifestResourceStream($"universes/{section}.json");
        return stream is null ? null : JsonSerializer.Deserialize(stream, UniverseJson.Default.EngineUniverse);
    }

    public ArgumentList List(string name) => Lists.First(list => list.Name == name);
}
