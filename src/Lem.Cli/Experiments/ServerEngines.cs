using Lem.Cli.Machine;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Launching;

namespace Lem.Cli.Experiments;

/// <summary>Builds the engines that are driven over HTTP: a server at an address, or one that is started.</summary>
sealed class ServerEngines(CliHost host, RunEntry entry)
{
    /// <param name="folder">What relative paths in a command count from.</param>
    public (IEngine Engine, Func<string> Log) Create(ExperimentConfig config, string folder, IReadOnlyList<EnergyChannel> channels)
    {
        var server = config.Server.Url is { } url ? new ServerHost(new Uri(url)) : Started(config, folder);
        // Which of this machine's devices a server uses it does not tell: all that are measured are taken for its own.
        List<string> devices = ["cpu", .. channels.Where(channel => channel.Domain == EnergyDomain.Gpu).Select(channel => channel.Device)];
        return (new ServerEngine(ServerSettings.From(config, devices, host.Variable), server, host.Time), () => server.Log);
    }

    StartedServer Started(ExperimentConfig config, string folder)
    {
        if (ServerCommand.Program(config) is { } program && new InstalledPrograms(host.Variable("PATH")).Find(program) is null)
            throw ServerCommand.NotInstalled(program);
        return new(new LocalLauncher(entry, host.Time), port => ServerCommand.Of(config, port, folder), config.Server.Host, config.Server.Port);
    }
}
