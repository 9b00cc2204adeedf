using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Legacy;

/// <summary>An old spelling, what became of it, and how its value is carried over.</summary>
/// <param name="Old">Dotted path of the old key.</param>
/// <param name="Line">The rest of the sentence that begins with the old key's name.</param>
/// <param name="Translate">New paths and values; none where the key has no meaning any more.</param>
sealed record LegacyKey(string Old, string Line, Func<ConfigNode, ConfigMapping, IEnumerable<(string Path, ConfigNode Value)>> Translate)
{
    public static LegacyKey Renamed(string old, string now) => new(old, $"is `{now}` now", (value, _) => [(now, value)]);

    /// <summary>Renamed, and some values too; a value that is not listed is carried over as it is.</summary>
    public static LegacyKey Mapped(string old, string now, params (object Old, object? New)[] values) =>
        new(old, $"is `{now}` now", (value, _) =>
        {
            foreach (var (from, to) in values)
            {
                if (value is ConfigScalar scalar && Equals(scalar.Value, from))
                    return to is null ? [] : [(now, new ConfigScalar(scalar.Origin, to))];
            }
            return [(now, value)];
        });

    public static LegacyKey Dropped(string old, string why) => new(old, $"has no meaning any more: {why}", (_, _) => []);
}
