using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Lem.Cli.Configuration;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results.Storage;

namespace Lem.Cli.Commands;

/// <summary><c>lem config new</c>: a commented configuration to start from. Asks nothing: the same with and without a terminal.</summary>
static class ConfigNewCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("new", "Write a commented configuration to start from. Example: lem config new -o my.yaml --preset benchmark");
        var preset = new Option<string?>("--preset") { Description = "Build on a preset (lem presets lists them).", HelpName = "name" };
        var model = new Option<string?>("--model", "-m") { Description = "The model it names.", HelpName = "model" };
        var output = new Option<string?>("--output", "-o") { Description = "File to write, never over an existing one; not given = print it.", HelpName = "file" };
        command.Options.Add(preset);
        command.Options.Add(model);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            var messages = new Messages(host);
            var file = parsed.GetValue(output);
            var text = StarterConfig.Text(file, parsed.GetValue(preset), parsed.GetValue(model));
            var answer = new Answer(host, messages, parsed.GetValue(global.Json));
            if (file is null)
            {
                answer.Write(() => text, () => new JsonObject { ["file"] = null, ["yaml"] = text });
                return (int)ExitCode.Success;
            }

            var path = Path.GetFullPath(file, host.WorkingDirectory);
            if (Path.Exists(path))
                throw new ConfigException([new("--output", $"{file} exists already; name another file")]);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
            answer.Write(() => file, () => new JsonObject { ["file"] = file, ["yaml"] = text });
            if (!parsed.GetValue(global.Quiet))
                messages.Note($"lem experiment {file} runs it");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
