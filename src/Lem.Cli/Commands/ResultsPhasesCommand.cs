using System.CommandLine;
using Lem.Cli.Experiments;
using Lem.Cli.Phases;
using Lem.Cli.Terminal;

namespace Lem.Cli.Commands;

/// <summary><c>lem results phases</c>: what prefill costs and what decode, where requests of a server overlap.</summary>
static class ResultsPhasesCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("phases", "Tell the energy of prefill and decode apart, where the engine does not: by a run of the same prompts with one output token, subtracted, or by regression over windows of different lengths. Examples: lem results phases 0a1b2c3d --one-token 4e5f6a7b   ·   lem results phases 0a1b2c3d 4e5f6a7b 8c9d0e1f");
        var ids = new Argument<string[]>("ID") { Description = "Experiments or windows, named as for lem results show.", Arity = ArgumentArity.OneOrMore };
        var oneToken = new Option<string?>("--one-token") { Description = "The same prompts measured with one output token (--output-len 1): subtracted. Without it, regression over all windows named.", HelpName = "id" };
        command.Arguments.Add(ids);
        foreach (var option in new Option[] { oneToken, global.ResultsDirectory })
            command.Options.Add(option);

        command.SetAction(parsed =>
        {
            var directory = ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory));
            return (int)new PhasesSession(host, new Messages(host), directory, parsed.GetValue(global.Json)).Run(new(parsed.GetValue(ids) ?? [], parsed.GetValue(oneToken)));
        });
        return command;
    }
}
