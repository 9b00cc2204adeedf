using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Reporting.Summaries;

namespace Lem.Cli.Experiments;

/// <summary>Turns raw facts into results and shows them: what a run does at its end, and <c>lem aggregate</c> and <c>lem results show</c> at any time.</summary>
sealed class ResultReport(CliHost host, Messages messages, ResultsDirectory directory)
{
    readonly RawRunReader _reader = new(directory);
    readonly ResultStore _store = new(directory);

    /// <summary>Aggregates every window of an experiment that has raw files, and the statistics over its cycles.</summary>
    /// <param name="requireAll">Windows that are missing or not complete are an error, not only left out.</param>
    /// <returns>Ids of the windows that were aggregated.</returns>
    /// <exception cref="LemException">A window is incomplete or torn, and everything was required.</exception>
    public IReadOnlyList<string> Aggregate(string experimentId, int cycles, bool requireAll, AggregationOptions? options = null)
    {
        var raw = new RawStore(directory, host.Time);
        var results = new List<ExperimentResult>();
        foreach (var windowId in Enumerable.Range(0, cycles).Select(cycle => ExperimentId.OfWindow(experimentId, cycle, cycles)))
        {
            // A window that was cut short stays in raw/ and is measured anew; it is no result.
            if (!requireAll && !raw.IsComplete(windowId))
                continue;
            var result = Aggregator.Aggregate(_reader.Read(windowId), options ?? new AggregationOptions(Strict: requireAll));
            _store.Write(result);
            results.Add(result);
        }

        if (cycles > 1 && results.Count > 0)
            _store.Write(CycleAggregator.Aggregate(results, experimentId));
        return [.. results.Select(result => result.ExperimentId)];
    }

    /// <summary>Shows an experiment: one window in full, or the statistics over its cycles with the last window beneath.</summary>
    /// <param name="filesOnly">Say only where the files are.</param>
    /// <param name="writeJson">The result itself goes to stdout.</param>
    public void Show(string experimentId, int cycles, bool filesOnly, bool writeJson)
    {
        var last = ExperimentId.OfWindow(experimentId, cycles - 1, cycles);
        var path = cycles > 1 ? directory.MultiCycle(experimentId) : directory.Result(last);
        if (writeJson)
            host.Out.WriteLine(messages.Redact(File.ReadAllText(path)));
        if (!filesOnly)
        {
            host.Out.WriteLine();
            foreach (var line in ExperimentSummary.Render(_store.Read(last)))
                host.Out.WriteLine(messages.Redact(line));
            if (cycles > 1)
            {
                host.Out.WriteLine();
                foreach (var line in MultiCycleSummary.Render(_store.ReadMultiCycle(experimentId)))
                    host.Out.WriteLine(messages.Redact(line));
            }

            host.Out.WriteLine();
        }

        messages.Note($"  result  {Relative(path)}");
        messages.Note($"  raw     {Relative(directory.Window(last))}");
    }

    string Relative(string path) => Path.GetRelativePath(host.WorkingDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
}
