using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Storage;
using Lem.Reporting.Listings;

namespace Lem.Cli.Comparisons;

/// <summary>Finds the results that names on the command line mean, and keeps every mistake until all are known.</summary>
sealed class NamedResults(ResultsDirectory directory, TimeProvider time)
{
    readonly ExperimentCatalog _catalog = new(directory, new RawStore(directory, time));
    readonly ResultStore _store = new(directory);
    readonly List<ConfigError> _mistakes = [];
    IReadOnlyList<string>? _windows;

    public void Add(ConfigError mistake) => _mistakes.Add(mistake);

    /// <exception cref="ConfigException">There were mistakes.</exception>
    public void ThrowIfMistaken()
    {
        if (_mistakes.Count > 0)
            throw new ConfigException(_mistakes);
    }

    /// <summary>The experiment or window that is meant; null, and a mistake, where there is none.</summary>
    /// <param name="path">Where the name stands on the command line.</param>
    public string? Select(string path, string name)
    {
        try
        {
            return ExperimentSelection.Select(name, name == ExperimentSelection.Latest && _store.Ids() is { Count: > 0 } results ? results : Windows);
        }
        catch (ConfigException e)
        {
            _mistakes.AddRange(e.Errors.Select(error => error with { Path = path }));
            return null;
        }
    }

    /// <summary>The results of an experiment, or of the one window that was named; none, and a mistake, where it was not aggregated.</summary>
    public IReadOnlyList<ExperimentResult> Of(string id)
    {
        var experiment = ExperimentId.OfExperiment(id);
        List<string> windows = [.. _catalog.ResultsOf(experiment).Where(window => Means(id, window))];
        if (windows.Count == 0)
            Add(new("ID", $"{id} is measured, but has no result yet: lem aggregate {experiment} makes it"));
        return [.. windows.Select(_store.Read)];
    }

    /// <summary>Notes windows that were named alone and with their experiment.</summary>
    public void RefuseTwice(IEnumerable<ExperimentResult> windows)
    {
        foreach (var same in windows.GroupBy(window => window.ExperimentId).Where(same => same.Count() > 1))
            Add(new("ID", $"{same.Key} is named twice, alone and with its experiment"));
    }

    /// <summary>Whether an id is a window's own, or that of its experiment.</summary>
    public static bool Means(string id, string window) => id == window || id == ExperimentId.OfExperiment(window);

    IReadOnlyList<string> Windows => _windows ??= _catalog.WindowIds();
}
