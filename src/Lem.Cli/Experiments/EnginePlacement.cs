using Lem.Cli.Machine;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;

namespace Lem.Cli.Experiments;

/// <summary>Decides where a server that lem starts runs (<c>runner</c>): on this machine where its program is found, else in a container.</summary>
sealed class EnginePlacement(CliHost host)
{
    /// <summary>The container; null where the engine runs on this machine itself, or is somebody else's.</summary>
    /// <param name="folder">What relative paths count from.</param>
    /// <exception cref="LemException">It can run nowhere, with what to do about it.</exception>
    public async Task<ContainerPlace?> FindAsync(ExperimentConfig config, string folder, CancellationToken cancellationToken)
    {
        if (!BackendRule.IsServer(config.ResolvedBackend) || (config.Server.Command?[0] ?? ServerCommand.Program(config)) is not { } program)
            return null;
        var isHere = new ProgramPath(host.Variable("PATH")).Find(program, folder) is not null;
        if (config.Runner is not Runner.Docker && isHere)
            return null;
        if (config.Runner is Runner.Local || HasNoService(config))
            throw Missing(config, program);
        try
        {
            return await InContainerAsync(config, folder, cancellationToken);
        }
        catch (LemException e) when (config.Runner is Runner.Auto)
        {
            var missing = Missing(config, program);
            throw new LemException($"{missing.Message}; and it cannot run in a container: {e.Message}", $"{missing.Hint} For the container: {e.Hint}", e);
        }
    }

    /// <summary>What of <c>docker</c> nobody reads where an engine runs in no container; null = nothing.</summary>
    public static string? Unread(ExperimentConfig config, ContainerPlace? place) => place is null && config.Docker is not { ComposeFile: null, Service: null }
        ? "docker.* is not read: the engine runs in no container (runner: docker has it run in one)"
        : null;

    async Task<ContainerPlace> InContainerAsync(ExperimentConfig config, string folder, CancellationToken cancellationToken)
    {
        var docker = new HostDocker(host);
        var file = config.Docker.ComposeFile is { } given ? Path.GetFullPath(given, folder) : docker.ShippedFile;
        var place = await new ContainerSearch(docker.Require()).FindAsync(file, config.Docker.Service ?? NameOf(config.ResolvedBackend), cancellationToken);
        // Where docker has to make a mounted folder, it belongs to root.
        if (config.Docker.ComposeFile is null)
            Directory.CreateDirectory(docker.HubCache);
        return place;
    }

    // The compose file that comes with lem has a service for every engine it can start by parameters; any other server's is the user's to name.
    static bool HasNoService(ExperimentConfig config) =>
        config is { Runner: Runner.Auto, ResolvedBackend: Backend.Openai, Docker: { ComposeFile: null, Service: null } };

    static LemException Missing(ExperimentConfig config, string program) =>
        ServerCommand.IsByParameters(config) ? ServerCommand.NotInstalled(program) : ProgramPath.Missing(program);

    static string NameOf(Backend backend) => backend.ToString().ToLowerInvariant();
}
