using System.Globalization;

namespace Lem.Core.Results.Storage;

/// <summary>Where everything lies below the results directory. Only names; touches nothing.</summary>
public sealed class ResultsDirectory(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>raw/: one folder per measured window.</summary>
    public string Raw => Path.Combine(Root, "raw");

    /// <summary>aggregated/: one file per result.</summary>
    public string Aggregated => Path.Combine(Root, "aggregated");

    /// <summary>index.jsonl: what a list needs of each result; rebuilt at will.</summary>
    public string Index => Path.Combine(Root, "index.jsonl");

    public string Window(string windowId) => Path.Combine(Raw, ExperimentId.Checked(windowId));

    public string Experiment(string windowId) => Path.Combine(Window(windowId), "experiment.json");

    public string Host(string windowId) => Path.Combine(Window(windowId), "host.json");

    public string TimeSeries(string windowId) => Path.Combine(Window(windowId), "timeseries.csv");

    public string EngineLog(string windowId) => Path.Combine(Window(windowId), "log.txt");

    public string Process(string windowId, int process) => Numbered(windowId, "process_", process, ".json");

    public string Requests(string windowId, int process) => Numbered(windowId, "requests_", process, ".jsonl");

    public string Outputs(string windowId, int process) => Numbered(windowId, "outputs_", process, ".jsonl");

    public string Marker(string windowId, int process) => Numbered(windowId, ".completed_", process, "");

    public string Attempt(string windowId, int attempt) => Numbered(windowId, "attempt_", attempt, "");

    public string Result(string windowId) => Path.Combine(Aggregated, ExperimentId.Checked(windowId) + ".json");

    public string MultiCycle(string experimentId) => Path.Combine(Root, ExperimentId.Checked(experimentId) + "_multi_cycle.json");

    string Numbered(string windowId, string before, int number, string after) =>
        Path.Combine(Window(windowId), string.Create(CultureInfo.InvariantCulture, $"{before}{number}{after}"));
}
