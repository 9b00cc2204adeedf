using System.CommandLine;
using Lem.Cli.Configuration;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;

namespace Lem.Cli.Commands;

/// <summary><c>lem config show</c>: the configuration that would run, and where each of its keys comes from.</summary>
static class ConfigShowCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("show", "Print the effective configuration: every key with the value that holds. Takes the keys of lem experiment. Example: lem config show my.yaml --set batch_size=8 --provenance");
        var file = new Argument<string?>("FILE") { Description = "YAML or JSON file of the experiment or campaign.", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string?>("--preset") { Description = "A preset, below the file's own keys.", HelpName = "name" };
        var provenance = new Option<bool>("--provenance") { Description = "Print where each key's value comes from." };
        var keys = new ExperimentOptions();
        command.Arguments.Add(file);
        command.Options.Add(preset);
        command.Options.Add(provenance);
        keys.AddTo(command);
        command.SetAction(parsed =>
        {
            var messages = new Messages(host);
            var loader = new ConfigLoader(host.Environment);
            var view = parsed.GetValue(file) is { } path && loader.IsCampaign(path)
                ? ConfigView.Of(loader.LoadCampaign(path))
                : ConfigView.Of(loader.Load(new(parsed.GetValue(file), parsed.GetValue(preset), keys.Overrides(parsed))));
            if (!parsed.GetValue(global.Quiet))
                messages.Problems(view.Problems);
            var answer = new Answer(host, messages, parsed.GetValue(global.Json));
            if (parsed.GetValue(provenance))
                answer.Write(view.ProvenanceText, view.ProvenanceJson);
            else
                answer.Write(view.Text, view.Json);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
