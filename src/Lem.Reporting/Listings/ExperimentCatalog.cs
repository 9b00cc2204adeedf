using Lem.Core;
using Lem.Core.Results.Listing;
using Lem.Core.Results.Storage;

namespace Lem.Reporting.Listings;

/// <summary>Every experiment of a results directory, from its files. What cannot be read is named and left out.</summary>
public sealed class ExperimentCatalog(ResultsDirectory directory, RawStore raw)
{
    readonly ResultStore _results = new(directory);
    readonly RawRunReader _reader = new(directory);
    readonly List<string> _unreadable = [];

    /// <summary>What could not be read so far, a sentence each.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>Ids of all windows that have a result or raw files, in order of time.</summary>
    public IReadOnlyList<string> WindowIds() => [.. _results.Ids().Union(raw.Windows()).Order(StringComparer.Ordinal)];

    /// <summary>Ids of an experiment's windows that have a result, in the order of its cycles.</summary>
    public IReadOnlyList<string> ResultsOf(string experimentId) => InOrder(_results.Ids().Where(id => ExperimentId.OfExperiment(id) == experimentId));

    /// <summary>Ids of an experiment's windows that have raw files, in the order of its cycles.</summary>
    public IReadOnlyList<string> WindowsOf(string experimentId) => InOrder(raw.Windows().Where(id => ExperimentId.OfExperiment(id) == experimentId));

    /// <summary>Experiments, the newest first.</summary>
    /// <param name="plans">Ids of unfinished experiments; true = running now.</param>
    /// <param name="all">Also those without a result of every window.</param>
    public IReadOnlyList<ExperimentEntry> List(IReadOnlyDictionary<string, bool> plans, bool all)
    {
        var listing = new ResultIndex(directory).Look();
        _unreadable.AddRange(listing.Unreadable);
        var results = listing.Results.Keys.ToLookup(ExperimentId.OfExperiment);
        var windows = raw.Windows().ToLookup(ExperimentId.OfExperiment);
        var ids = results.Select(g => g.Key).Union(all ? windows.Select(g => g.Key).Union(plans.Keys) : []);
        return
        [
            .. ids.OrderDescending(StringComparer.Ordinal)
                .Select(id => Entry(id, listing, InOrder(results[id]), InOrder(windows[id]), plans))
                .OfType<ExperimentEntry>()
                .Where(entry => all || entry.Cycles > 0),
        ];
    }

    ExperimentEntry? Entry(
        string id, ResultListing listing, List<string> resultIds, List<string> windowIds, IReadOnlyDictionary<string, bool> plans)
    {
        var results = resultIds.Select(result => listing.Results[result]).ToList();
        var state = plans.TryGetValue(id, out var running) ? running ? ExperimentState.Running : ExperimentState.Unfinished : (ExperimentState?)null;
        if (results.Count > 0)
            return ExperimentEntry.Of(id, results, state ?? Settled(results.Count, results[0].CycleCount, windowIds, resultIds), listing.Cycles.GetValueOrDefault(id)?.Findings ?? []);
        if (windowIds.Count == 0)
            return state is { } planned ? new(id, null, null, null, null, 0, 0, planned) : null;

        var first = windowIds.Select(TryReadRaw).FirstOrDefault(experiment => experiment is not null);
        var cycles = first?.Identity.CycleCount ?? windowIds.Count;
        return new(
            id, first?.StartTime, first?.Identity.ConfigName, first?.Identity.ModelName, first?.Identity.Backend, 0, cycles,
            state ?? Settled(0, cycles, windowIds, resultIds));
    }

    ExperimentState Settled(int aggregated, int requested, List<string> windowIds, List<string> resultIds) =>
        aggregated >= requested ? ExperimentState.Aggregated
        : windowIds.Except(resultIds).Any(raw.IsComplete) ? ExperimentState.NotAggregated
        : ExperimentState.Incomplete;

    Core.Results.Raw.RawExperiment? TryReadRaw(string windowId)
    {
        try
        {
            return _reader.ReadExperiment(windowId);
        }
        catch (LemException e)
        {
            _unreadable.Add(e.Message);
            return null;
        }
    }

    // _c10 comes after _c9: shorter names first, then by letters.
    static List<string> InOrder(IEnumerable<string> windowIds)
    {
        List<string> ids = [.. windowIds];
        ids.Sort((a, b) => a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b));
        return ids;
    }
}
