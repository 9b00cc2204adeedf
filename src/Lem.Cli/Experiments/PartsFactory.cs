using Lem.Cli.Metering;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Baselines;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Measurement.Experiments;
using Lem.Measurement.Hosts;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;
using Lem.Measurement.Linux;
using Lem.Measurement.Load.Batching;

namespace Lem.Cli.Experiments;

/// <summary>Builds what an experiment is made of: its engine, the energy sources of this machine, the sampler's thread.</summary>
sealed class PartsFactory(CliHost host, Messages messages, SecretRedactor secrets)
{
    readonly LinuxTree _tree = new();

    /// <summary>The parts of one experiment; whoever asks for them disposes of the engine and the meter.</summary>
    /// <param name="model">Null where a server has it.</param>
    /// <param name="folder">What relative paths count from.</param>
    /// <param name="entry">Told of every process that is started, so that none is forgotten.</param>
    /// <param name="place">The container a server is started in; null = none.</param>
    public ExperimentParts Create(ExperimentConfig config, PreparedModel? model, string folder, RunEntry entry, ContainerPlace? place)
    {
        var embedded = !BackendRule.IsServer(config.ResolvedBackend);
        // Loaded now, so that a missing library is told before anything is waited for; and only a build that can use GPUs has any to measure.
        var isElsewhere = ServerAddress.IsElsewhere(config);
        var usesGpus = embedded ? LlamaCppInstallation.Load().Devices.Any(device => device.IsGpu) : !isElsewhere;
        var sources = EnergyDiscovery.Discover(EnergyOptionsOf(config, usesGpus), _tree, host.Time);
        var meter = new EnergyMeter(sources.Sources, host.Time);
        var (engine, log) = model is not null ? Embedded(config, model) : new ServerEngines(host, messages, entry, place).Create(config, folder, meter.Channels);
        var identity = new HostIdentity(LemVersion.Number, LemVersion.Commit, host.Variable, new ProcessFamily(_tree, Environment.ProcessId).Has);
        return new(
            engine,
            meter,
            sources.Unavailable,
            isElsewhere ? [.. sources.Findings, ServerAddress.Elsewhere(new Uri(config.Server.Url!))] : sources.Findings,
            (tick, period) => SamplerThread.Start(tick, period, host.Time),
            () => HostSnapshot.Take(_tree, identity, host.Time),
            log,
            secrets.Redact,
            () => ProcessorTime.Read(_tree),
            host.Time,
            Baselines(host, _tree),
            CalibrateSession.Store(host).Read())
        {
            ModelFiles = model is null ? [] : GgufParts.Of(model.Path),
            CudaGpus = sources.CudaGpus,
            IsEngineOutOfSight = place is not null,
        };
    }

    (IEngine Engine, Func<string> Log) Embedded(ExperimentConfig config, PreparedModel model)
    {
        var settings = LlamaCppSettings.From(config, model.Path, BatchBound.Rows(config), BatchBound.TokensPerRequest(config)) with { ModelRevision = model.Revision };
        var engine = new LlamaCppEngine(settings, host.Time);
        return (engine, () => string.Join('\n', engine.LogLines));
    }

    /// <summary>The driver-idle powers that this user's runs share.</summary>
    public static BaselineCache Baselines(CliHost host, LinuxTree tree) =>
        new(Path.Combine(UserFolders.Cache(host), "baselines.json"), MachineId.Read(tree), host.Time);

    /// <summary>What of the machine's energy an experiment wants.</summary>
    EnergyOptions EnergyOptionsOf(ExperimentConfig config, bool usesGpus)
    {
        var energy = config.Energy;
        var gpus = energy.Devices ?? config.Gpus;
        return new(
            gpus is not null ? [.. gpus.Select(gpu => gpu.ToString())] : usesGpus ? null : [],
            host.Variable("CUDA_VISIBLE_DEVICES"),
            string.Join(',', energy.Sources.Select(source => source switch
            {
                EnergySourceChoice.Nvml => "nvml",
                EnergySourceChoice.Rapl => "rapl",
                EnergySourceChoice.Estimated => "estimate",
                _ => "auto",
            })),
            energy.Cpu,
            energy.Dram,
            // A server that lem starts on chosen GPUs is told to count them as they are counted here.
            CudaDeviceOrder: config is { Gpus: not null, Server.Url: null } && BackendRule.IsServer(config.ResolvedBackend) ? "PCI_BUS_ID" : host.Variable("CUDA_DEVICE_ORDER"));
    }
}
