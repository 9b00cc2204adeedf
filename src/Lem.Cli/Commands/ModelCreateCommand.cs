using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Models;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Commands;

/// <summary><c>lem model create</c>: a GGUF file with dummy weights, for lem or any other program.</summary>
static class ModelCreateCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("create", $"Write a GGUF model with dummy weights: the work of an architecture without its download. Shapes: {string.Join(", ", SyntheticShapes.All.Select(shape => shape.Name))}, or your own. Example: lem model create 'synthetic:llama?layers=8&hidden=512&heads=8&ffn=1536&dtype=bf16' -o model.gguf");
        var shape = new Argument<string>("SHAPE") { Description = "synthetic:<name>, synthetic:<name>?dtype=f32, or synthetic:llama?layers=…&hidden=…&heads=…&ffn=…" };
        var output = new Option<string?>("--output", "-o") { Description = "The file; not given = lem's cache, where experiments find it.", HelpName = "file" };
        var force = new Option<bool>("--force") { Description = "Write it anew over an existing file." };
        command.Arguments.Add(shape);
        command.Options.Add(output);
        command.Options.Add(force);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var messages = new Messages(host);
            var (known, errors) = SyntheticShape.Parse(parsed.GetRequiredValue(shape), "SHAPE");
            if (known is null)
                throw new ConfigException(errors);

            var creation = new ModelCreation(host, known, parsed.GetValue(force));
            var path = parsed.GetValue(output) is { } file ? await creation.WriteAsync(file, cancellationToken) : await creation.CacheAsync(cancellationToken);
            new Answer(host, messages, parsed.GetValue(global.Json)).Write(
                () => path,
                () => new JsonObject { ["path"] = path, ["shape"] = known.Canonical, ["bytes"] = SyntheticModelWriter.LengthBytes(known) });
            return (int)ExitCode.Success;
        });
        return command;
    }
}
