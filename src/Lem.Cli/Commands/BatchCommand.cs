using System.CommandLine;
using Lem.Cli.Batches;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;

namespace Lem.Cli.Commands;

/// <summary><c>lem batch</c>: every configuration that patterns match, one after another.</summary>
static class BatchCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("batch", "Measure every configuration that patterns match, one after another. Example: lem batch 'configs/**/*.yaml' -n 50");
        var patterns = new Argument<string[]>("PATTERN") { Description = "Files, or patterns with * and ** in quotes.", Arity = ArgumentArity.OneOrMore };
        var dataset = new Option<string?>("--dataset", "-d") { Description = "Prompt set, in place of each file's own.", HelpName = "name" };
        var count = new Option<string?>("--num-prompts", "-n") { Description = "Prompts to run, in place of each file's own number.", HelpName = "n" };
        var parallel = new Option<int>("--parallel") { Description = "Most experiments at once; only such as share no GPU run side by side.", HelpName = "n", DefaultValueFactory = _ => 1 };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check every file, list what would run, and stop." };
        command.Arguments.Add(patterns);
        foreach (var option in new Option[] { dataset, count, parallel, dryRun, global.ResultsDirectory })
            command.Options.Add(option);
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--parallel must be 1 or more");
        });

        command.SetAction(async (parsed, _) =>
        {
            var overrides = new List<ConfigOverride>();
            var passed = new List<string>();
            Take(parsed.GetValue(dataset), "dataset.name", "--dataset");
            Take(parsed.GetValue(count), "num_input_prompts", "--num-prompts");
            if (parsed.GetValue(global.ResultsDirectory) is { } results)
                passed.AddRange(["--results-dir", results]);
            if (parsed.GetValue(global.Quiet))
                passed.Add("--quiet");
            return (int)await new BatchSession(host, new Messages(host)).RunAsync(
                new(parsed.GetValue(patterns) ?? [], overrides, passed, parsed.GetValue(parallel), parsed.GetValue(dryRun)));

            void Take(string? value, string path, string flag)
            {
                if (value is null)
                    return;
                overrides.Add(new(path, value, flag));
                passed.AddRange([flag, value]);
            }
        });
        return command;
    }
}
