using System.IO.Enumeration;
using Lem.Core.Configuration;

namespace Lem.Cli.Batches;

/// <summary>The files that patterns mean: <c>*</c> within a folder, <c>**</c> over all below it, or a file's own name.</summary>
static class BatchFiles
{
    /// <param name="folder">What relative patterns count from.</param>
    /// <returns>Full paths in order, none twice.</returns>
    /// <exception cref="ConfigException">A pattern matches nothing.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> patterns, string folder)
    {
        var files = new List<string>();
        var errors = new List<ConfigError>();
        foreach (var pattern in patterns)
        {
            var matches = Matches(pattern, folder);
            if (matches.Count == 0)
                errors.Add(new("PATTERN", $"{pattern} matches no file"));
            files.AddRange(matches);
        }

        return errors.Count == 0 ? [.. files.Distinct()] : throw new ConfigException(errors);
    }

    static List<string> Matches(string pattern, string folder)
    {
        var full = Path.GetFullPath(pattern, folder);
        if (!full.Contains('*', StringComparison.Ordinal) && !full.Contains('?', StringComparison.Ordinal))
            return File.Exists(full) ? [full] : [];
        var parts = full.Split(Path.DirectorySeparatorChar);
        var root = string.Join(Path.DirectorySeparatorChar, parts.TakeWhile(part => part.IndexOfAny(['*', '?']) < 0));
        if (!Directory.Exists(root))
            return [];
        var rest = parts[(root.Split(Path.DirectorySeparatorChar).Length)..];
        return [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = rest.Length > 1, IgnoreInaccessible = true })
            .Where(file => Fits(Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar), rest))
            .Order(StringComparer.Ordinal)];
    }

    static bool Fits(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty || path.IsEmpty)
            return pattern.IsEmpty && path.IsEmpty;
        if (pattern[0] == "**")
            return Fits(path, pattern[1..]) || Fits(path[1..], pattern);
        return FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Fits(path[1..], pattern[1..]);
    }
}
