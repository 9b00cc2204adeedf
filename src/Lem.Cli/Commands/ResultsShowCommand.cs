using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;
using Lem.Reporting.Listings;
using Lem.Reporting.Summaries;

namespace Lem.Cli.Commands;

/// <summary><c>lem results show</c>: one experiment, as at the end of its run.</summary>
static class ResultsShowCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("show", "Show an experiment as at the end of its run. Examples: lem results show latest   ·   lem results show 0a1b2c3d --raw");
        var id = new Argument<string>("ID") { Description = "An experiment or one of its windows: its id, the start of it, its last eight digits, or latest." };
        var raw = new Option<bool>("--raw") { Description = "The raw files, process by process, before any aggregation." };
        command.Arguments.Add(id);
        command.Options.Add(raw);
        command.Options.Add(global.ResultsDirectory);
        command.SetAction(parsed =>
        {
            var directory = ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory));
            var catalog = new ExperimentCatalog(directory, new RawStore(directory, host.Time));
            var name = parsed.GetRequiredValue(id);
            if (parsed.GetValue(raw))
                ShowRaw(host, directory, catalog, ExperimentSelection.Select(name, catalog.WindowIds()), parsed.GetValue(global.Json));
            else
                ShowResult(host, directory, catalog, ExperimentSelection.Select(name, Candidates(name, directory, catalog)), parsed.GetValue(global.Json));
            return (int)ExitCode.Success;
        });
        return command;
    }

    // "latest" means the newest that can be shown.
    static IReadOnlyList<string> Candidates(string name, ResultsDirectory directory, ExperimentCatalog catalog) =>
        name == ExperimentSelection.Latest && new ResultStore(directory).Ids() is { Count: > 0 } results ? results : catalog.WindowIds();

    static void ShowResult(CliHost host, ResultsDirectory directory, ExperimentCatalog catalog, string id, bool json)
    {
        var results = catalog.ResultsOf(ExperimentId.OfExperiment(id));
        var isWindow = results.Contains(id);
        if (!isWindow && (results.Count == 0 || id != ExperimentId.OfExperiment(id)))
            throw new ConfigException([new("ID", $"{id} is measured, but has no result yet: lem aggregate {ExperimentId.OfExperiment(id)} makes it")]);

        var overCycles = !isWindow && File.Exists(directory.MultiCycle(id)) ? id : null;
        new ResultReport(host, new Messages(host), directory).Show(isWindow ? id : results[^1], overCycles, filesOnly: json, writeJson: json);
    }

    static void ShowRaw(CliHost host, ResultsDirectory directory, ExperimentCatalog catalog, string id, bool json)
    {
        var windows = catalog.WindowsOf(ExperimentId.OfExperiment(id)).Where(window => id == ExperimentId.OfExperiment(id) || window == id).ToList();
        if (windows.Count == 0)
            throw new ConfigException([new("ID", $"{id} has no raw files in {directory.Raw}")]);
        var reading = RawReading.Of(new RawRunReader(directory), id, windows);
        new Answer(host, new Messages(host), json).Write(
            () => string.Join('\n', reading.Runs.SelectMany((run, i) => RawSummary.Render(run.Window, run.Run).Prepend("").Skip(i == 0 ? 1 : 0))),
            () => new JsonArray([.. reading.Runs.Select(run => Json(run.Window, run.Run)), .. reading.Missing.Select(missing => Json(missing.Window, missing.Reason))]));
        foreach (var (window, reason) in reading.Missing)
            new Messages(host).Warning($"{window}: {reason}");
    }

    static JsonObject Json(string window, string missing) => new() { ["window_id"] = window, ["missing"] = missing };

    static JsonObject Json(string window, RawRun run) => new()
    {
        ["window_id"] = window,
        ["experiment"] = JsonSerializer.SerializeToNode(run.Experiment, RawJson.Default.RawExperiment),
        ["host"] = run.Host is null ? null : JsonSerializer.SerializeToNode(run.Host, RawJson.Default.RawHost),
        ["processes"] = new JsonArray([.. run.Processes.Select(process => JsonSerializer.SerializeToNode(process.Process, RawJson.Default.RawProcess))]),
        ["unmarked_processes"] = new JsonArray([.. run.Unmarked.Select(index => (JsonNode)index)]),
        ["skipped_files"] = new JsonArray([.. run.Skipped.Select(file => new JsonObject { ["file"] = file.File, ["reason"] = file.Reason })]),
    };
}
