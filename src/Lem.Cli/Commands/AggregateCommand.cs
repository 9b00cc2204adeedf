using System.CommandLine;
using Lem.Cli.Aggregation;
using Lem.Cli.Experiments;

namespace Lem.Cli.Commands;

/// <summary><c>lem aggregate</c>: raw facts to results, at any time.</summary>
static class AggregateCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("aggregate", "Make results from raw files: all windows of an experiment, and the statistics over its cycles. The same raw files give the same figures. Examples: lem aggregate latest --force   ·   lem aggregate --all");
        var id = new Argument<string?>("ID") { Description = "An experiment: its id, the start of it, its last eight digits, or latest.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Every experiment with measured windows that have no result yet." };
        var force = new Option<bool>("--force") { Description = "Also make results anew that are there already." };
        var strict = new Option<bool>("--strict") { Description = "A missing or torn file is an error (so it is by default)." };
        var lenient = new Option<bool>("--no-strict") { Description = "Aggregate what there is; what is missing becomes a finding." };
        var mixed = new Option<bool>("--allow-mixed-backends") { Description = "Processes of different engines may be added up." };
        command.Arguments.Add(id);
        foreach (var option in new Option[] { all, force, strict, lenient, mixed, global.ResultsDirectory })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(strict) && result.GetValue(lenient))
                result.AddError("--strict and --no-strict exclude each other");
        });

        command.SetAction(parsed =>
        {
            var session = new AggregateSession(host, new(host), ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory)), parsed.GetValue(global.Json));
            return (int)session.Run(new(parsed.GetValue(id), parsed.GetValue(all), parsed.GetValue(force), !parsed.GetValue(lenient), parsed.GetValue(mixed)));
        });
        return command;
    }
}
