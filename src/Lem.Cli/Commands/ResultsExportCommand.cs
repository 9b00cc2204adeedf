using System.CommandLine;
using Lem.Cli.Experiments;
using Lem.Cli.Exports;

namespace Lem.Cli.Commands;

/// <summary><c>lem results export</c>: results for other programs.</summary>
static class ResultsExportCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("export", "Write results as a table (csv), a list (json), or a line each (jsonl); without ids, all. Examples: lem results export --format csv -o results.csv   ·   lem results export latest --format jsonl");
        var ids = new Argument<string[]>("ID") { Description = "Experiments or windows, named as for lem results show.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--format") { Description = "csv, json, or jsonl. Default: csv, or json with --json.", HelpName = "form" };
        var tidy = new Option<bool>("--long") { Description = "With csv: a row per window and figure, with interval and number of values." };
        var output = new Option<string?>("--output", "-o") { Description = "File to write; default: stdout.", HelpName = "file" };
        // Without the short form, which elsewhere names the results directory: here -o is the file.
        var results = new Option<string?>("--results-dir") { Description = "Results directory.", HelpName = "folder" };
        format.AcceptOnlyFromAmong("csv", "json", "jsonl");
        command.Arguments.Add(ids);
        command.Options.Add(format);
        command.Options.Add(tidy);
        command.Options.Add(output);
        command.Options.Add(results);
        command.Validators.Add(result =>
        {
            if (result.GetValue(tidy) && (result.GetValue(global.Json) || result.GetValue(format) is "json" or "jsonl"))
                result.AddError("--long is a form of csv");
        });

        command.SetAction(parsed =>
        {
            var form = (parsed.GetValue(format) ?? (parsed.GetValue(global.Json) ? "json" : "csv")) switch
            {
                "json" => ExportFormat.Json,
                "jsonl" => ExportFormat.Jsonl,
                _ => parsed.GetValue(tidy) ? ExportFormat.LongCsv : ExportFormat.WideCsv,
            };
            var export = new ResultExport(host, new(host), ResultsLocation.Resolve(host, parsed.GetValue(results)));
            return (int)export.Run(parsed.GetValue(ids) ?? [], form, parsed.GetValue(output));
        });
        return command;
    }
}
