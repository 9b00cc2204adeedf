using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Lem.Tests.Cli;

/// <summary>Writes docs/cli.md from the command tree: every command with its arguments, options and example.</summary>
static class CommandReference
{
    const string ExampleMark = "Example";

    const string Head = """
        # Commands of lem

        Written from the commands themselves; `lem COMMAND --help` says the same. After a change run the tests with `LEM_ACCEPT=1` and review.

        Answers go to stdout, everything for people (progress, warnings, errors) to stderr.
        Exit codes: 0 success · 1 an experiment failed · 2 a mistake in the configuration or the arguments · 3 the machine lacks something ·
        4 a required quality gate failed · 70 a defect in lem · 130 interrupted.

        """;

    public static string Render(RootCommand root)
    {
        var text = new StringBuilder(Head);
        text.Append("\n## Options of every command\n\n");
        Options(text, root);
        foreach (var command in Leaves(root, "lem"))
            Section(text, command.Path, command.Command);
        return text.ToString();
    }

    /// <summary>Commands that do something, each with its whole name.</summary>
    public static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.Where(one => !one.Hidden).SelectMany(one => Leaves(one, $"{path} {one.Name}"));

    /// <summary>What stands after "Example:" or "Examples:" in the description; several are set apart by a middle dot.</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command) =>
        command.Description?.Split(ExampleMark, 2) is [_, var text]
            ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('·', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];

    static void Section(StringBuilder text, string path, Command command)
    {
        var description = command.Description ?? "";
        var mark = description.IndexOf(ExampleMark, StringComparison.Ordinal);
        text.Append($"\n## {path}\n\n");
        text.Append($"{(mark < 0 ? description : description[..mark]).Trim()}\n");
        if (command.Aliases.Count > 0)
            text.Append($"\nAlso: {string.Join(", ", command.Aliases.Select(alias => $"`lem {alias}`"))}\n");
        text.Append($"\n```\n{Usage(path, command)}\n```\n");
        if (mark >= 0)
            text.Append($"\nFor example:\n\n```\n{string.Join('\n', ExamplesOf(command))}\n```\n");
        if (command.Arguments.Any(argument => !argument.Hidden))
        {
            text.Append("\n| argument | |\n|---|---|\n");
            foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
                text.Append($"| `{argument.Name}` | {Cell(argument.Description)} |\n");
        }
        if (command.Options.Any(IsShown))
        {
            text.Append('\n');
            Options(text, command);
        }
    }

    static void Options(StringBuilder text, Command command)
    {
        text.Append("| option | |\n|---|---|\n");
        foreach (var option in command.Options.Where(IsShown).OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            var names = string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name).Select(name => $"`{name}`"));
            text.Append($"| {names}{(option.HelpName is { } value ? $" `<{value}>`" : "")} | {Cell(option.Description)}{(option.Required ? " Required." : "")} |\n");
        }
    }

    static string Usage(string path, Command command)
    {
        var arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument => argument.Arity switch
        {
            { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } => $" [{argument.Name}]",
            { MinimumNumberOfValues: 0 } => $" [{argument.Name}…]",
            { MaximumNumberOfValues: 1 } => $" {argument.Name}",
            _ => $" {argument.Name}…",
        });
        var required = command.Options.Where(option => option.Required).Select(option => $" {option.Name} <{option.HelpName}>");
        return $"{path}{string.Concat(arguments)}{string.Concat(required)}{(command.Options.Any(IsShown) ? " [options]" : "")}";
    }

    static bool IsShown(Option option) => !option.Hidden && option is not HelpOption;

    static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
