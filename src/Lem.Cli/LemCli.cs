using System.CommandLine;
using System.CommandLine.Parsing;
using Lem.Cli.Commands;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Cli;

/// <summary>The command line: parses, runs one command, and turns every ending it knows into an exit code and a message; what is none of them is a defect.</summary>
static class LemCli
{
    public static async Task<ExitCode> RunAsync(string[] args, CliHost host)
    {
        var messages = new Messages(host);
        try
        {
            host = host.WithDotEnv(name => messages.Warning($".env: {name} is not taken from a file (set it in the environment if you mean it)"));
            messages = new Messages(host);
            var parsed = CommandTree.Create(host).Parse(args);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors)
                    messages.Error(error.Message, parsed.CommandResult.Command is RootCommand ? "lem --help lists the commands." : $"{PathOf(parsed.CommandResult)} --help shows what it takes.");
                return ExitCode.UserMistake;
            }

            // A misspelt option would pass as the name of a file; what stands after -- is none of ours.
            var own = args.TakeWhile(arg => arg != "--").ToList();
            if (parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).FirstOrDefault(t => t.Value is ['-', _, ..] && own.Contains(t.Value)) is { } option)
            {
                messages.Error($"{option.Value}: there is no such option", $"{PathOf(parsed.CommandResult)} --help shows what it takes.");
                return ExitCode.UserMistake;
            }

            // Ctrl-C is ours (Interrupts): a library that kills after a time-out would cut the saving short.
            return (ExitCode)await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (ConfigException e)
        {
            messages.Problems(e.Errors);
            return ExitCode.UserMistake;
        }
        catch (LemException e)
        {
            messages.Error(e.Message, e.Hint);
            return ExitCode.MachineLacks;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // `lem config show`, wherever the mistake was found.
    static string PathOf(CommandResult command) => command.Parent is CommandResult above ? $"{PathOf(above)} {command.Command.Name}" : "lem";
}
