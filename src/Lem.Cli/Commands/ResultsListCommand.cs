using System.CommandLine;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Core.Results.Storage;
using Lem.Measurement.Experiments;
using Lem.Reporting.Listings;

namespace Lem.Cli.Commands;

/// <summary><c>lem results list</c>: experiments, the newest first.</summary>
static class ResultsListCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("list", "List experiments, the newest first, the cycles of each in one line. Example: lem results list --all");
        var all = new Option<bool>("--all") { Description = "Also what is running, unfinished, incomplete, or not aggregated." };
        command.Options.Add(all);
        command.Options.Add(global.ResultsDirectory);
        command.SetAction(async (parsed, _) =>
        {
            var directory = ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory));
            return (int)await RunAsync(host, directory, parsed.GetValue(all), parsed.GetValue(global.Json), parsed.GetValue(global.Quiet));
        });
        return command;
    }

    static async Task<ExitCode> RunAsync(CliHost host, ResultsDirectory directory, bool all, bool json, bool quiet)
    {
        var messages = new Messages(host);
        var ledger = await Leftovers.EndAsync(host, messages, directory);
        var plans = new PlanStore(directory.Root).List().ToDictionary(plan => plan.ExperimentId, plan => ledger.IsRunning(plan.ExperimentId));
        var catalog = new ExperimentCatalog(directory, new RawStore(directory, host.Time));
        var entries = catalog.List(plans, all);

        new Answer(host, messages, json).Write(
            () => string.Join('\n', ExperimentTable.Render(entries)),
            () => ExperimentListJson.Render(entries));
        foreach (var problem in catalog.Unreadable)
            messages.Warning(problem);
        if (entries.Count > 0 && !json && !quiet)
            messages.Note(ExperimentTable.Legend);
        if (entries.Count == 0)
            messages.Note(all ? $"nothing is in {directory.Root}" : $"no result is in {directory.Root}; --all also shows what is not aggregated, lem results migrate takes over those of older tools");
        return ExitCode.Success;
    }
}
