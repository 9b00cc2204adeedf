using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary><c>lem results</c>: what was measured.</summary>
static class ResultsCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("results", "List, show, compare, tell by phase, export and migrate what was measured. Example: lem results show latest");
        command.Subcommands.Add(ResultsListCommand.Create(host, global));
        command.Subcommands.Add(ResultsShowCommand.Create(host, global));
        command.Subcommands.Add(ResultsCompareCommand.Create(host, global));
        command.Subcommands.Add(ResultsPhasesCommand.Create(host, global));
        command.Subcommands.Add(ResultsExportCommand.Create(host, global));
        command.Subcommands.Add(ResultsMigrateCommand.Create(host, global));
        return command;
    }
}
