using Lem.Core;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Reporting.Listings;

namespace Lem.Cli.Aggregation;

/// <summary>Aggregates experiments whose windows are measured, at any time after. One window's failure does not stop the others.</summary>
/// <param name="force">Make results anew that are there already.</param>
sealed class LateAggregation(ResultsDirectory directory, RawStore raw, AggregationOptions options, bool force)
{
    readonly ExperimentCatalog _catalog = new(directory, raw);
    readonly WindowAggregation _aggregation = new(directory);
    readonly RawRunReader _reader = new(directory);
    readonly ResultStore _store = new(directory);

    /// <param name="mayBeIncomplete">Windows not measured to their end are no failure: they are to be measured yet, or nobody named them.</param>
    public AggregationReport Run(string experimentId, bool mayBeIncomplete)
    {
        List<string> written = [], kept = [], skipped = [];
        List<WindowFailure> failures = [];
        var found = _catalog.WindowsOf(experimentId);
        var cycles = CycleCount(experimentId, found);
        foreach (var windowId in Enumerable.Range(0, cycles).Select(cycle => ExperimentId.OfWindow(experimentId, cycle, cycles)).Union(found))
        {
            if (!force && _store.Exists(windowId))
                kept.Add(windowId);
            else if (mayBeIncomplete && !raw.IsComplete(windowId))
                skipped.Add(windowId);
            else if (Attempt(windowId, () => _aggregation.Window(windowId, options), failures))
                written.Add(windowId);
        }

        // Strictly, statistics over cycles of which one is missing would be of another experiment than was asked for.
        var overCycles = cycles > 1
            && (failures.Count == 0 || !options.Strict)
            && written.Count + kept.Count > 0
            && (written.Count > 0 || !File.Exists(directory.MultiCycle(experimentId)))
            && Attempt(experimentId, () => _aggregation.Cycles(experimentId, [.. written.Concat(kept).Select(_store.Read)]), failures);
        return new(experimentId, written, kept, skipped, overCycles, failures);
    }

    static bool Attempt(string id, Action aggregate, List<WindowFailure> failures)
    {
        try
        {
            aggregate();
            return true;
        }
        catch (LemException e)
        {
            failures.Add(new(id, e.Message, e.Hint));
            return false;
        }
    }

    /// <summary>Cycles asked for, as any readable window tells; else as many as there are.</summary>
    int CycleCount(string experimentId, IReadOnlyList<string> windowIds)
    {
        if (windowIds is [var only] && only == experimentId)
            return 1;
        foreach (var windowId in windowIds)
        {
            try
            {
                return _reader.ReadExperiment(windowId).Identity.CycleCount;
            }
            catch (LemException)
            {
                // Told when the window itself is aggregated.
            }
        }

        return windowIds.Count;
    }
}
