using Lem.Cli;
using Lem.Cli.Commands;
using Lem.Core.Configuration;
using Lem.Tests.Shared;
using Xunit;

namespace Lem.Tests.Cli;

public class CommandReferenceTests
{
    static readonly CliHost _host = new(
        TextWriter.Null, TextWriter.Null, IsTerminal: false, new ConfigEnvironment("/", "/", new Dictionary<string, string>()), AppContext.BaseDirectory, TimeProvider.System);

    [Fact]
    public void The_published_page_is_that_of_the_commands()
    {
        var path = Path.Combine(Repository.Root, "docs", "cli.md");
        var text = CommandReference.Render(CommandTree.Create(_host));
        if (Environment.GetEnvironmentVariable("LEM_ACCEPT") == "1")
            File.WriteAllText(path, text);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, "docs/cli.md is not current: run the tests with LEM_ACCEPT=1 and review the change");
    }

    [Fact]
    public void Every_command_has_examples_that_parse()
    {
        var tree = CommandTree.Create(_host);

        Assert.All(CommandReference.Leaves(tree, "lem"), leaf =>
        {
            var examples = CommandReference.ExamplesOf(leaf.Command);
            Assert.NotEmpty(examples);
            Assert.All(examples, example =>
            {
                Assert.StartsWith(leaf.Path, example, StringComparison.Ordinal);
                Assert.Empty(tree.Parse(Words(example)[1..]).Errors);
            });
        });
    }

    [Fact]
    public void Every_option_and_argument_says_what_it_is() =>
        Assert.All(
            CommandReference.Leaves(CommandTree.Create(_host), "lem"),
            leaf => Assert.All(
                leaf.Command.Options.Select(option => (option.Name, option.Description)).Concat(leaf.Command.Arguments.Select(argument => (argument.Name, argument.Description))),
                symbol => Assert.False(string.IsNullOrEmpty(symbol.Description), $"{leaf.Path} {symbol.Name}")));

    // As a shell would, as far as the examples need it: words, quotes, and nothing after a redirection.
    static string[] Words(string example) => [.. example.Split(" > ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\''))];
}
