using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Turns what the command line sets into a document, the highest of all.</summary>
static class OverrideReader
{
    public static ConfigMapping Read(IEnumerable<ConfigOverride> overrides, Backend? backend, ICollection<ConfigError> problems)
    {
        var document = new ConfigMapping(new(Layer.CommandLine, "cli"), []);
        foreach (var given in overrides)
        {
            var path = Normaliser.FullPath(given.Path, backend, out var ambiguous);
            if (ambiguous.Count > 0)
            {
                problems.Add(new(given.Path, $"{given.Flag}: is the name of several keys; write one of {string.Join(", ", ambiguous)}"));
                continue;
            }
            var origin = new Origin(Layer.CommandLine, "cli", given.Flag);
            document = document.Set(path, ScalarText.Read(given.Value, ShapeWalk.Find(ConfigShapes.Experiment, path), origin));
        }
        return document;
    }
}
