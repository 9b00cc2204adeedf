using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Machine;
using Lem.Cli.Terminal;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Launching;

namespace Lem.Cli.Commands;

/// <summary><c>lem engines</c>: what can run a model here.</summary>
static class EnginesCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("engines", "Every engine: is it here, which version, where, and what is missing. Example: lem engines --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var containers = await ContainerOffer.LookAsync(host, EngineSearch.Services, cancellationToken);
            var engines = new EngineSearch(new ProgramPath(host.Variable("PATH")), LlamaCppInstallation.Load, containers).Find();
            new Answer(host, new(host), parsed.GetValue(global.Json)).Write(
                () => string.Join('\n', engines.SelectMany(engine => engine.Lines())),
                () => new JsonObject { ["engines"] = new JsonArray([.. engines.Select(engine => engine.Json())]) });
            return (int)(engines.Any(engine => engine.Usable) ? ExitCode.Success : ExitCode.MachineLacks);
        });
        return command;
    }
}
