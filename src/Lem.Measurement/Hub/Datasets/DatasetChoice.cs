using Lem.Core;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>Which subset, split or file is meant where a data set has several.</summary>
static class DatasetChoice
{
    const string UsualSubset = "default";
    const string UsualSplit = "train";

    // Descriptions of data sets, not data: written by the datasets library and by the hub.
    static readonly HashSet<string> _descriptions =
        new(["dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "config.json", "croissant.json"], StringComparer.OrdinalIgnoreCase);

    /// <param name="splits">What the viewer has of the data set.</param>
    /// <exception cref="LemException">What was named is not there, or nothing was and there are several.</exception>
    public static (string Subset, string Split) Choose(DatasetReference set, IReadOnlyList<(string Subset, string Split)> splits)
    {
        var subset = One(set, "subset", set.Subset, UsualSubset, [.. splits.Select(split => split.Subset).Distinct()]);
        return (subset, One(set, "split", set.Split, UsualSplit, [.. splits.Where(split => split.Subset == subset).Select(split => split.Split)]));
    }

    /// <summary>The file to read where the viewer does not serve the data set.</summary>
    /// <exception cref="LemException">There is none of a form that can be read, or several.</exception>
    public static string File(DatasetReference set, IReadOnlyList<string> files)
    {
        if (set.File is { } named)
        {
            return !files.Contains(named) ? throw new LemException($"the data set {set.Repository} has no file {named}", Listed("It has", files.Where(IsReadable)))
                : IsReadable(named) ? named
                : throw NotReadable(set);
        }

        string[] readable = [.. files.Where(IsReadable)];
        var fitting = readable;
        foreach (var word in (string?[])[set.Subset, set.Split ?? UsualSplit])
        {
            if (word is not null && fitting.Where(file => file.Contains(word, StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } narrower)
                fitting = narrower;
        }

        return fitting switch
        {
            [var file] => file,
            [] => throw NotReadable(set),
            _ => throw new LemException($"the data set {set.Repository} has several files that can be read", Listed($"Name one of them (-d {set.Repository}:FILE)", fitting)),
        };
    }

    static string One(DatasetReference set, string what, string? named, string usual, string[] there) =>
        named is not null
            ? there.Contains(named) ? named : throw new LemException($"the data set {set.Repository} has no {what} {named}", Listed("It has", there))
        : there.Contains(usual) ? usual
        : there is [var only] ? only
        : throw new LemException($"the data set {set.Repository} has several {what}s", Listed($"Name one (dataset.{what})", there));

    static bool IsReadable(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson" or ".csv" && !_descriptions.Contains(file[(file.LastIndexOf('/') + 1)..]);

    static LemException NotReadable(DatasetReference set) => new(
        $"the data set {set} has no file of a form that can be read here (JSON, JSON lines, CSV; Parquet cannot)",
        "Turn it into JSON lines once, with Python: "
        + $"datasets.load_dataset(\"{set.Repository}\"{(set.Subset is { } subset ? $", \"{subset}\"" : "")}, split=\"{set.Split ?? UsualSplit}\").to_json(\"prompts.jsonl\"); then -p prompts.jsonl.");

    static string Listed(string what, IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        return $"{what}: {string.Join(", ", all.Take(30))}{(all.Length > 30 ? $" and {all.Length - 30} more" : "")}.";
    }
}
