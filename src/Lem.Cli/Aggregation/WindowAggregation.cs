using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;

namespace Lem.Cli.Aggregation;

/// <summary>Raw files of measured windows → results on disk.</summary>
sealed class WindowAggregation(ResultsDirectory directory)
{
    readonly RawRunReader _reader = new(directory);
    readonly ResultStore _store = new(directory);

    /// <summary>Makes the result of one window, replacing what was there.</summary>
    /// <exception cref="LemException">The window may not be aggregated; nothing was written.</exception>
    public ExperimentResult Window(string windowId, AggregationOptions options)
    {
        var result = Aggregator.Aggregate(_reader.Read(windowId), options);
        _store.Write(result);
        return result;
    }

    /// <summary>Makes the statistics over an experiment's cycles, replacing what was there.</summary>
    public void Cycles(string experimentId, IReadOnlyCollection<ExperimentResult> results) =>
        _store.Write(CycleAggregator.Aggregate(results, experimentId));
}
