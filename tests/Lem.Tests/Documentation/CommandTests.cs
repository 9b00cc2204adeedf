using System.CommandLine.Parsing;
using Lem.Cli;
using Lem.Cli.Commands;
using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Documentation;

public sealed class CommandTests
{
    [Theory]
    [InlineData("README.md", 8)]
    [InlineData("docs/quickstart.md", 15)]
    [InlineData("docs/engines/llamacpp.md", 3)]
    [InlineData("docs/engines/openai.md", 5)]
    [InlineData("docs/engines/vllm.md", 2)]
    [InlineData("docs/engines/tensorrt.md", 2)]
    [InlineData("docs/measure.md", 8)]
    public void Every_command_of_a_page_is_one_that_lem_understands(string page, int atLeast)
    {
        List<string> commands = [.. Document.Read(page).LemCommands];

        Assert.True(commands.Count >= atLeast, $"only {commands.Count} commands were found");
        Assert.Empty(commands.SelectMany(Errors));
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("experiment --no-such-option")]
    [InlineData("config no-such-command my.yaml")]
    public void A_command_that_lem_does_not_understand_is_noticed(string command) => Assert.NotEmpty(Errors(command));

    static List<string> Errors(string command)
    {
        var host = new CliHost(
            TextWriter.Null, TextWriter.Null, IsTerminal: false,
            new ConfigEnvironment("/", "/", new Dictionary<string, string>()), Application: "/", TimeProvider.System);
        // Single quotes are the shell's; the splitter of the library knows double ones.
        var parsed = CommandTree.Create(host).Parse([.. CommandLineParser.SplitCommandLine(command.Replace('\'', '"'))]);
        // An unknown option would pass for an argument where a command takes one.
        return
        [
            .. parsed.Errors.Select(error => $"lem {command}: {error.Message}"),
            .. parsed.CommandResult.Tokens.Where(token => token.Value.StartsWith('-') && !AfterSeparator(command).Contains(token.Value)).Select(token => $"lem {command}: {token.Value} is no option of it"),
        ];
    }

    // What stands after -- belongs to another program.
    static string AfterSeparator(string command) => command.Split(" -- ", 2) is [_, var rest] ? rest : "";
}
