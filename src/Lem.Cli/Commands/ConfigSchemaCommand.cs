using System.CommandLine;
using Lem.Cli.Terminal;
using Lem.Core.Configuration.Schema;

namespace Lem.Cli.Commands;

/// <summary><c>lem config schema</c>: the JSON schema editors and other programs check with.</summary>
static class ConfigSchemaCommand
{
    public static Command Create(CliHost host)
    {
        var command = new Command("schema", "Print the JSON schema (draft 2020-12) of experiments or campaigns. Example: lem config schema > experiment-config.schema.json");
        var campaign = new Option<bool>("--campaign") { Description = "The schema of campaign files." };
        command.Options.Add(campaign);
        command.SetAction(parsed =>
        {
            new Answer(host, new Messages(host), json: true).Write(parsed.GetValue(campaign) ? JsonSchema.Campaign() : JsonSchema.Experiment());
            return (int)ExitCode.Success;
        });
        return command;
    }
}
