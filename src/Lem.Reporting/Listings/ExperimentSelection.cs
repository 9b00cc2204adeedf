using Lem.Core.Configuration;
using Lem.Core.Results.Storage;

namespace Lem.Reporting.Listings;

/// <summary>
/// Finds the experiment or window that a person means: by its whole id, the start of one, its last eight digits (with <c>_c2</c> for a cycle),
/// or the word "latest".
/// </summary>
public static class ExperimentSelection
{
    /// <summary>Means the newest experiment.</summary>
    public const string Latest = "latest";

    const int ShownMatches = 5;
    const int ShortLength = 8;

    /// <summary>The id that is meant: an experiment's, or a window's where one was named.</summary>
    /// <param name="windowIds">Ids of all windows, in order of time.</param>
    /// <exception cref="ConfigException">None is meant, or more than one may be.</exception>
    public static string Select(string text, IReadOnlyCollection<string> windowIds)
    {
        if (windowIds.Count == 0)
            throw Mistake($"{text}: there are no experiments here; --results-dir names another results directory");
        List<string> experiments = [.. windowIds.Select(ExperimentId.OfExperiment).Distinct()];
        if (text == Latest)
            return experiments[^1];
        if (experiments.Contains(text) || windowIds.Contains(text))
            return text;

        var ending = $"-{text}";
        List<string> matches = [.. experiments.Where(id => id.StartsWith(text, StringComparison.Ordinal) || id.EndsWith(ending, StringComparison.Ordinal))];
        if (matches.Count == 0)
            matches = [.. windowIds.Where(id => id.EndsWith(ending, StringComparison.Ordinal))];
        return matches switch
        {
            [var one] => one,
            [] => throw Mistake($"{text}: there is no such experiment; lem results list --all shows what there is"),
            _ => throw Mistake($"{text}: may be any of {string.Join(", ", matches.Take(ShownMatches))}{(matches.Count > ShownMatches ? ", …" : "")}; give more of the id"),
        };
    }

    /// <summary>The shortest names that mean these experiments: their last eight digits where no other ends in them.</summary>
    public static IReadOnlyList<string> ShortNames(IReadOnlyList<string> ids)
    {
        var endings = ids.CountBy(id => id[Math.Max(0, id.Length - ShortLength - 1)..], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var starts = ids.Select(id => id[..Math.Min(id.Length, ShortLength)]).ToHashSet(StringComparer.Ordinal);
        return [.. ids.Select(id => id.LastIndexOf('-') == id.Length - ShortLength - 1 && id[^ShortLength..] is var ending
            && ending.All(char.IsAsciiHexDigitLower) && endings.GetValueOrDefault($"-{ending}") == 1 && !starts.Contains(ending)
            ? ending
            : id)];
    }

    static ConfigException Mistake(string message) => new([new ConfigError("ID", message)]);
}
