using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Legacy;

/// <summary>Rewrites old spellings into today's, each with one line that names both.</summary>
static class LegacyKeys
{
    public static ConfigMapping Rewrite(ConfigMapping document, IEnumerable<LegacyKey> keys, ICollection<ConfigError> lines)
    {
        // Targets are chosen by what the document said before anything was moved.
        var before = document;
        foreach (var key in keys)
        {
            if (before.Find(key.Old) is not { } value)
                continue;
            document = document.Remove(key.Old);
            lines.Add(new(key.Old, key.Line, ConfigSeverity.Warning, value.Origin.Location));
            foreach (var (path, translated) in key.Translate(value, before))
                document = Place(document, path, translated);
        }
        return document;
    }

    // Where both spellings stand, today's wins.
    static ConfigMapping Place(ConfigMapping document, string path, ConfigNode value) => (document.Find(path), value) switch
    {
        (null, _) => document.Set(path, value),
        (ConfigMapping present, ConfigMapping old) => document.Set(path, old.MergedWith(present)),
        _ => document,
    };
}
