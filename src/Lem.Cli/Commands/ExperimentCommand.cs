using System.CommandLine;
using Lem.Cli.Experiments;

namespace Lem.Cli.Commands;

/// <summary><c>lem experiment</c> and its alias <c>lem run</c>: measure one configuration.</summary>
static class ExperimentCommand
{
    const string Example = "Examples: lem experiment   ·   lem experiment my.yaml --cycles 5   ·   lem experiment -m model.gguf -p prompts.txt -n 50 --set batch_size=8";

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("experiment", "Measure one configuration and aggregate it. With nothing at all: the quick-test preset on a synthetic model. " + Example);
        command.Aliases.Add("run");
        var config = new Argument<string?>("CONFIG") { Description = "YAML or JSON file of the experiment.", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string?>("--preset") { Description = "A preset, below the file's own keys (lem presets lists them).", HelpName = "name" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything, show what would run, and stop." };
        var pilot = new Option<string?>("--pilot") { Description = "With --dry-run: say what the plan can resolve at the spread of this finished experiment.", HelpName = "id" };
        var fresh = new Option<bool>("--fresh") { Description = "Say nothing of an unfinished run of the same configuration." };
        var resume = new Option<string?>("--resume") { Description = "Continue an unfinished experiment.", HelpName = "id" };
        var noAggregate = new Option<bool>("--no-aggregate") { Description = "Leave only raw results." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Ask nothing." };
        var force = new Option<bool>("--force") { Description = "Run in spite of errors of the checks; they stand in the result." };
        var events = new Option<string?>("--events") { Description = "Tell everything as it happens, as JSON lines on stdout.", HelpName = "jsonl" };
        events.AcceptOnlyFromAmong("jsonl");
        var keys = new ExperimentOptions();

        command.Arguments.Add(config);
        command.Options.Add(preset);
        keys.AddTo(command);
        foreach (var option in new Option[] { global.ResultsDirectory, dryRun, pilot, fresh, resume, noAggregate, yes, force, events })
            command.Options.Add(option);

        command.Validators.Add(result =>
        {
            if (result.GetValue(pilot) is not null && !result.GetValue(dryRun))
                result.AddError("--pilot is for --dry-run");
        });

        command.SetAction(async (parsed, _) =>
        {
            var messages = new Terminal.Messages(host);
            var session = new SessionOptions(parsed.GetValue(global.Quiet), parsed.GetValue(global.Json), parsed.GetValue(events) is not null);
            if (parsed.GetValue(resume) is { } id)
                return (int)await new ResumeSession(host, messages, session).ContinueAsync(id, parsed.GetValue(global.ResultsDirectory));

            var start = new StartSession(host, messages, session);
            return (int)await start.RunAsync(
                new(
                    parsed.GetValue(config), parsed.GetValue(preset), keys.Overrides(parsed), parsed.GetValue(global.ResultsDirectory),
                    parsed.GetValue(force), parsed.GetValue(yes), parsed.GetValue(fresh), parsed.GetValue(dryRun), parsed.GetValue(pilot), !parsed.GetValue(noAggregate)));
        });
        return command;
    }
}
