using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Measurement.Hub;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;

namespace Lem.Cli.Experiments;

/// <summary>Builds the engines that are driven over HTTP: a server at an address, or one that is started.</summary>
/// <param name="place">Where a server that is started runs; null = on this machine itself.</param>
sealed class ServerEngines(CliHost host, Messages messages, RunEntry entry, ContainerPlace? place)
{
    // What tells engines which GPUs are meant, and where their models come from.
    static readonly string[] HandedOn = ["CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "HF_ENDPOINT", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"];

    /// <param name="folder">What relative paths in a command count from.</param>
    public (IEngine Engine, Func<string> Log) Create(ExperimentConfig config, string folder, IReadOnlyList<EnergyChannel> channels)
    {
        var server = config.Server.Url is { } url ? new ServerHost(new Uri(url)) : Started(config, folder);
        // Which of this machine's devices a server uses it does not tell: all that are measured are taken for its own, if it is here.
        List<string> devices = ServerAddress.IsElsewhere(config) ? [RawProcess.Elsewhere] : ["cpu", .. channels.Where(channel => channel.Domain == EnergyDomain.Gpu).Select(channel => channel.Device)];
        return (new ServerEngine(ServerSettings.From(config, devices, host.Variable), server, host.Time), () => server.Log);
    }

    StartedServer Started(ExperimentConfig asked, string folder)
    {
        var config = asked with { Gpus = EngineVisibility.Of(asked.Gpus, host.Variable("CUDA_VISIBLE_DEVICES")) };
        if (place is null)
            return new(new LocalLauncher(entry, host.Time), port => ServerCommand.Of(config, port, folder), config.Server.Host, config.Server.Port);
        var listening = config with { Server = config.Server with { Host = place.ListenAddress(config.Server.Host) } };
        var launcher = new ComposeLauncher(place, Needs(config, folder), entry, host.Time, messages.Warning);
        var address = place.Definition.SharesHostNetwork ? config.Server.Host : "127.0.0.1";
        return new(launcher, port => ServerCommand.Of(listening, port, folder), address, config.Server.Port);
    }

    ContainerNeeds Needs(ExperimentConfig config, string folder)
    {
        var hub = HubSettings.From(host.Variable, host.Environment.HomeDirectory, LemVersion.Number);
        return new(
            [.. ((string?[])[config.ModelName, config.Adapter]).OfType<string>().Select(name => Path.GetFullPath(name, folder)).Where(Path.Exists)],
            MustSeePaths: config.Server.Command is null,
            hub.Token is { } token ? token.WriteTo : null,
            config.Gpus is { } gpus ? gpus.Count > 0 : BackendRule.NeedsGpu(config.ResolvedBackend),
            HandedOn);
    }
}
