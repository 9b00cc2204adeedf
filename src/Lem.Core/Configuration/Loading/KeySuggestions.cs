using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>The key somebody meant: a near one beside it, or the same name elsewhere in the file.</summary>
public static class KeySuggestions
{
    /// <summary>Full path of the best guess, or null when nothing is near.</summary>
    internal static string? For(string key, string parentPath, Shape parent, ObjectShape root)
    {
        if (Nearest(key, ShapeWalk.KeysOf(parent)) is { } sibling)
            return Join(parentPath, sibling);

        // The right name in the wrong section, one level up or down or anywhere else.
        var paths = ShapeWalk.Paths(root).ToList();
        var sameName = paths.Where(path => Leaf(path) == key).ToList();
        if (sameName.Count > 0)
            return sameName.OrderBy(path => path.Count(character => character is '.')).First();
        var leaf = Nearest(key, paths.Select(Leaf).Distinct());
        return leaf is null ? null : paths.Where(path => Leaf(path) == leaf).MinBy(path => path.Length);
    }

    /// <summary>The nearest of several names, or null when none is near enough to be a slip.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var allowed = Math.Max(1, name.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Damerau–Levenshtein distance (optimal string alignment): letters missing, added, wrong, or two swapped.</summary>
    internal static int Distance(string left, string right)
    {
        // A name that long is no slip of a known one, and the table would be large.
        if (left.Length > 100)
            return left.Length;
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }

    static string Leaf(string path) => path[(path.LastIndexOf('.') + 1)..];

    static string Join(string parent, string key) => parent is "" ? key : $"{parent}.{key}";
}
