using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Configuration;
using Lem.Cli.Terminal;

namespace Lem.Cli.Commands;

/// <summary><c>lem config generate-grid</c>: one configuration for each combination of values.</summary>
static class ConfigGenerateGridCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("generate-grid", "Write one configuration for each combination of values over a base. Example: lem config generate-grid base.yaml --vary batch_size=1,2,4 --vary streaming=true,false -o configs/sweep --validate");
        var baseFile = new Argument<string>("BASE") { Description = "The experiment all have in common; the files extend it." };
        var vary = new Option<string[]>("--vary") { Description = "A key and its values; the last part of a path will do where it is unique. Repeatable.", HelpName = "key=a,b,…", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the files.", HelpName = "folder", DefaultValueFactory = _ => Path.Combine("configs", "grid") };
        var validate = new Option<bool>("--validate") { Description = "Write only what would run, and tell why the others would not." };
        var strict = new Option<bool>("--strict") { Description = "Write nothing if one of them would not run (exit code 2)." };
        command.Arguments.Add(baseFile);
        foreach (var option in new Option[] { vary, output, validate, strict })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var messages = new Messages(host);
            var generation = new GridGeneration(
                parsed.GetRequiredValue(baseFile), parsed.GetValue(vary) ?? [], parsed.GetRequiredValue(output), parsed.GetValue(validate), parsed.GetValue(strict));
            var (written, invalid) = generation.Run(host.Environment, messages);
            foreach (var cell in invalid)
                messages.Warning($"{cell.Name} {(generation.OnlyValid ? "is not written" : "would not run")}: {cell.Reason}");
            new Answer(host, messages, parsed.GetValue(global.Json)).Write(
                () => string.Join('\n', written),
                () => new JsonObject
                {
                    ["written"] = new JsonArray([.. written.Select(path => (JsonNode)path)]),
                    ["invalid"] = new JsonArray([.. invalid.Select(cell => new JsonObject { ["name"] = cell.Name, ["problems"] = ProblemLines.Json(cell.Errors) })]),
                });
            if (!parsed.GetValue(global.Quiet))
                messages.Note($"{written.Count} file{(written.Count == 1 ? "" : "s")} in {generation.Folder}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
