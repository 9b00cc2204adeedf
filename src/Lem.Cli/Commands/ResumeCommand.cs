using System.CommandLine;
using Lem.Cli.Experiments;

namespace Lem.Cli.Commands;

/// <summary><c>lem resume</c>: what is unfinished, and its continuation.</summary>
static class ResumeCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("resume", "List what is unfinished; continue it. Completed windows stand, interrupted ones are measured anew. Example: lem resume 20260131T235959Z-quick-test-0a1b2c3d");
        var id = new Argument<string?>("ID") { Description = "The experiment, its id or as much of it as is needed; not needed when only one is unfinished.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Only list." };
        var discard = new Option<bool>("--discard") { Description = "Forget that the experiment is unfinished; what was measured of it stays." };
        command.Arguments.Add(id);
        command.Options.Add(list);
        command.Options.Add(discard);
        command.Options.Add(global.ResultsDirectory);
        command.Validators.Add(result =>
        {
            if (result.GetValue(list) && result.GetValue(discard))
                result.AddError("--list and --discard exclude each other");
        });
        command.SetAction(async (parsed, _) =>
        {
            var session = new ResumeSession(host, new Terminal.Messages(host), new(parsed.GetValue(global.Quiet), parsed.GetValue(global.Json), Events: false));
            var folder = parsed.GetValue(global.ResultsDirectory);
            return (int)(parsed.GetValue(list) ? await session.ListAsync(folder)
                : parsed.GetValue(discard) ? session.Discard(parsed.GetValue(id), folder)
                : await session.ContinueAsync(parsed.GetValue(id), folder));
        });
        return command;
    }
}
