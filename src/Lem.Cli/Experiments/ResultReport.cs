using Lem.Cli.Aggregation;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Storage;
using Lem.Reporting.Summaries;

namespace Lem.Cli.Experiments;

/// <summary>Turns raw facts into results and shows them: what a run does at its end, and <c>lem results show</c> at any time.</summary>
sealed class ResultReport(CliHost host, Messages messages, ResultsDirectory directory)
{
    readonly WindowAggregation _aggregation = new(directory);
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
            results.Add(_aggregation.Window(windowId, options ?? new AggregationOptions(Strict: requireAll)));
        }

        if (cycles > 1 && results.Count > 0)
            _aggregation.Cycles(experimentId, results);
        return [.. results.Select(result => result.ExperimentId)];
    }

    /// <summary>Shows an experiment: one window in full, or the statistics over its cycles with the last window above.</summary>
    /// <param name="filesOnly">Say only where the files are.</param>
    /// <param name="writeJson">The result itself goes to stdout.</param>
    /// <param name="tellFiles">Say where the files are.</param>
    public void Show(string experimentId, int cycles, bool filesOnly, bool writeJson, bool tellFiles = true) =>
        Show(ExperimentId.OfWindow(experimentId, cycles - 1, cycles), cycles > 1 ? experimentId : null, filesOnly, writeJson, tellFiles);

    /// <summary>Shows one window, and beneath it the statistics over the cycles of an experiment.</summary>
    /// <param name="overCycles">That experiment, or null.</param>
    public void Show(string windowId, string? overCycles, bool filesOnly, bool writeJson, bool tellFiles = true)
    {
        var path = overCycles is null ? directory.Result(windowId) : directory.MultiCycle(overCycles);
        if (writeJson)
            host.Out.WriteLine(File.ReadAllText(path));
        if (!filesOnly)
        {
            host.Out.WriteLine();
            var window = _store.Read(windowId);
            foreach (var line in ExperimentSummary.Render(window))
                host.Out.WriteLine(messages.Redact(line));
            if (overCycles is not null)
            {
                host.Out.WriteLine();
                foreach (var line in MultiCycleSummary.Render(_store.ReadMultiCycle(overCycles), window.EnergyMetrics.TotalEnergyMethod))
                    host.Out.WriteLine(messages.Redact(line));
            }

            host.Out.WriteLine();
        }

        if (!tellFiles)
            return;
        messages.Note($"  result  {Relative(path)}");
        if (Directory.Exists(directory.Window(windowId)))
            messages.Note($"  raw     {Relative(directory.Window(windowId))}");
    }

    string Relative(string path) => Path.GetRelativePath(host.WorkingDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
}
