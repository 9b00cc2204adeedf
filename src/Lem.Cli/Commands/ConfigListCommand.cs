using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Configuration;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Reporting.Tables;

namespace Lem.Cli.Commands;

/// <summary><c>lem config list</c>: the configurations of a folder.</summary>
static class ConfigListCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("list", "List the experiments and campaigns in a folder and below it. Example: lem config list examples");
        var folder = new Argument<string?>("DIR") { Description = "The folder; not given = the working directory.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            var messages = new Messages(host);
            var files = ConfigInventory.Of(parsed.GetValue(folder) ?? ".", host.Environment, ResultsLocation.Resolve(host, null).Root);
            if (files.Count == 0 && !parsed.GetValue(global.Quiet))
                messages.Note("no configurations here; lem config new -o my.yaml writes one");
            new Answer(host, messages, parsed.GetValue(global.Json)).Write(
                () => files.Count == 0 ? "" : PlainTable.Of("FILE", "KIND", "NAME", "MODEL", "BACKEND", "VALID").Text(files.Select(Row)),
                () => new JsonArray([.. files.Select(file => file.Json())]));
            return (int)ExitCode.Success;
        });
        return command;
    }

    static IReadOnlyList<string?> Row(FileVerdict file) =>
    [
        file.File, file.Kind, file.Name, file.Model, file.Backend,
        file.IsValid ? "yes" : $"no: {file.Problems.First(problem => problem.Severity is Core.Configuration.ConfigSeverity.Error)}",
    ];
}
