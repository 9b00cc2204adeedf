using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Presets;
using Lem.Reporting.Tables;

namespace Lem.Cli.Commands;

/// <summary><c>lem presets</c>: the presets that come with lem.</summary>
static class PresetsCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("presets", "List the presets, or print one. Example: lem presets benchmark");
        var name = new Argument<string?>("NAME") { Description = "Print the keys this preset sets.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            var answer = new Answer(host, new Messages(host), parsed.GetValue(global.Json));
            if (parsed.GetValue(name) is { } one)
                answer.Write(() => PresetLibrary.Text(Known(one)), () => Json(Known(one)));
            else
                answer.Write(
                    () => PlainTable.Of("PRESET", "WHAT IT IS FOR").Text(PresetLibrary.Names.Select(preset => (IReadOnlyList<string?>)[preset, PresetLibrary.Description(preset)])),
                    () => new JsonArray([.. PresetLibrary.Names.Select(Json)]));
            return (int)ExitCode.Success;
        });
        return command;
    }

    static JsonObject Json(string preset) => new()
    {
        ["name"] = preset,
        ["description"] = PresetLibrary.Description(preset),
        ["yaml"] = PresetLibrary.Text(preset),
    };

    static string Known(string name) => PresetLibrary.Names.Contains(name)
        ? name
        : throw new ConfigException([new("NAME", $"there is no preset {name}; there are {string.Join(", ", PresetLibrary.Names)}")]);
}
