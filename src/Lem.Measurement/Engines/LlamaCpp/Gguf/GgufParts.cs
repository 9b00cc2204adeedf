using System.Globalization;
using System.Text.RegularExpressions;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>The files of a model: llama.cpp finds the parts of a split one by their names, <c>…-00001-of-00003.gguf</c>.</summary>
public static partial class GgufParts
{
    /// <summary>The file itself, and where it is the first of several parts, all of them.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        var match = PartName().Match(path);
        if (!match.Success || !int.TryParse(match.Groups["parts"].Value, CultureInfo.InvariantCulture, out var parts))
            return [path];
        var stem = path[..match.Index];
        return [.. Enumerable.Range(1, parts).Select(part => string.Create(CultureInfo.InvariantCulture, $"{stem}-{part:00000}-of-{parts:00000}.gguf"))];
    }

    [GeneratedRegex(@"-00001-of-(?<parts>\d{5})\.gguf$", RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
