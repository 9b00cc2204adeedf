using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Configuration;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;

namespace Lem.Cli.Commands;

/// <summary><c>lem config validate</c>: every problem of every file at once.</summary>
static class ConfigValidateCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("validate", "Check experiments and campaigns: all problems of all files, each with its place. Example: lem config validate examples/*.yaml");
        var files = new Argument<string[]>("FILE") { Description = "YAML or JSON files.", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(files);
        command.SetAction(parsed =>
        {
            var loader = new ConfigLoader(host.Environment);
            var verdicts = (parsed.GetValue(files) ?? []).Select(file => FileVerdict.Of(file, loader)).ToList();
            new Answer(host, new Messages(host), parsed.GetValue(global.Json)).Write(
                () => string.Join('\n', verdicts.SelectMany(verdict => verdict.Lines())),
                () => new JsonArray([.. verdicts.Select(verdict => verdict.Json())]));
            return (int)(verdicts.All(verdict => verdict.IsValid) ? ExitCode.Success : ExitCode.UserMistake);
        });
        return command;
    }
}
