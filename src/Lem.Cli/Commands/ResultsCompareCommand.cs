using System.CommandLine;
using Lem.Cli.Comparisons;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;

namespace Lem.Cli.Commands;

/// <summary><c>lem results compare</c>: which configuration is better, and whether these cycles can tell.</summary>
static class ResultsCompareCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("compare", "Compare configurations by their cycles: ratios with 95 % intervals, tests, and what makes the comparison doubtful. Examples: lem results compare 0a1b2c3d 4e5f6a7b   ·   lem results compare 0a1b2c3d 4e5f6a7b 8c9d0e1f --all-pairs --metric latency_stats.ttft.p99 --format csv");
        var ids = new Argument<string[]>("ID") { Description = "Experiments or windows, named as for lem results show. The first is the reference.", Arity = ArgumentArity.OneOrMore };
        var reference = new Option<string?>("--reference") { Description = "The one the others are compared with.", HelpName = "id" };
        var allPairs = new Option<bool>("--all-pairs") { Description = "Compare every one with every other." };
        var metrics = new Option<string[]>("--metric") { Description = "Figures to compare, by their path in a result (docs/metrics.md). Repeatable; default: energy, throughput and latency.", HelpName = "path", AllowMultipleArgumentsPerToken = true };
        var format = new Option<string?>("--format") { Description = "table, json, or csv. Default: table, or json with --json.", HelpName = "form" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        command.Arguments.Add(ids);
        foreach (var option in new Option[] { reference, allPairs, metrics, format, global.ResultsDirectory })
            command.Options.Add(option);

        command.SetAction(parsed =>
        {
            var form = (parsed.GetValue(format) ?? (parsed.GetValue(global.Json) ? "json" : "table")) switch
            {
                "json" => ComparisonFormat.Json,
                "csv" => ComparisonFormat.Csv,
                _ => ComparisonFormat.Table,
            };
            var directory = ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory));
            var session = new ComparisonSession(host, new Messages(host), directory, parsed.GetValue(global.Quiet));
            return (int)session.Run(new(parsed.GetValue(ids) ?? [], parsed.GetValue(reference), parsed.GetValue(allPairs), parsed.GetValue(metrics) ?? [], form));
        });
        return command;
    }
}
