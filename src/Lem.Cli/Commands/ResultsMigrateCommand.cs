using System.CommandLine;
using Lem.Cli.Migration;

namespace Lem.Cli.Commands;

/// <summary><c>lem results migrate</c>: results of older tools as results of lem.</summary>
static class ResultsMigrateCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("migrate", "Make results of lem from those of its predecessors (schema 2.x, 3.0.0 and 3.0). The originals are only read; known defects become findings. Examples: lem results migrate old-results --dry-run   ·   lem results migrate old-results -o results");
        var path = new Argument<string?>("PATH") { Description = "A results folder of the older tool, one above several, or one file; default: the results directory.", Arity = ArgumentArity.ZeroOrOne };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would be made." };
        var results = new Option<string?>("--results-dir", "-o") { Description = "Where the new results go; default: beside the originals.", HelpName = "folder" };
        command.Arguments.Add(path);
        command.Options.Add(dryRun);
        command.Options.Add(results);
        command.SetAction(parsed => (int)new MigrationSession(host, new(host), parsed.GetValue(global.Json))
            .Run(parsed.GetValue(path), parsed.GetValue(results), parsed.GetValue(dryRun)));
        return command;
    }
}
