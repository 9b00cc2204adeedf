using System.Globalization;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Hub;
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

    /// <summary>Whole path of the docker program, or null.</summary>
    public static string? Docker(CliHost host) => new ProgramPath(host.Variable("PATH")).Find("docker");

    /// <summary>The compose file that comes with lem.</summary>
    public static string ShippedFile(CliHost host) => Path.Combine(host.Application, "docker", "compose.yaml");

    /// <summary>The docker program, with what compose files may refer to.</summary>
    /// <exception cref="LemException">There is none.</exception>
    public static DockerProgram RequireDocker(CliHost host)
    {
        var path = Docker(host) ?? throw new LemException(
            "docker is not found", "Install Docker Engine with the Compose plugin (docs/deployment.md), or take runner: local.");
        var hub = HubSettings.From(host.Variable, host.Environment.HomeDirectory, LemVersion.Number);
        return new(path, new Dictionary<string, string?>
        {
            ["LEM_UID"] = CurrentUser.UserId().ToString(CultureInfo.InvariantCulture),
            ["LEM_GID"] = CurrentUser.GroupId().ToString(CultureInfo.InvariantCulture),
            ["LEM_HUB_CACHE"] = hub.Cache,
        });
    }

    async Task<ContainerPlace> InContainerAsync(ExperimentConfig config, string folder, CancellationToken cancellationToken)
    {
        var file = config.Docker.ComposeFile is { } given ? Path.GetFullPath(given, folder) : ShippedFile(host);
        var docker = RequireDocker(host);
        var place = await new ContainerSearch(docker).FindAsync(file, config.Docker.Service ?? NameOf(config.ResolvedBackend), cancellationToken);
        // Where docker has to make a mounted folder, it belongs to root.
        if (docker.Environment["LEM_HUB_CACHE"] is { } cache && config.Docker.ComposeFile is null)
            Directory.CreateDirectory(cache);
        return place;
    }

    // The compose file that comes with lem has a service for every engine it can start by parameters; any other server's is the user's to name.
    static bool HasNoService(ExperimentConfig config) =>
        config is { Runner: Runner.Auto, ResolvedBackend: Backend.Openai, Docker: { ComposeFile: null, Service: null } };

    static LemException Missing(ExperimentConfig config, string program) =>
        ServerCommand.IsByParameters(config) ? ServerCommand.NotInstalled(program) : ProgramPath.Missing(program);

    static string NameOf(Backend backend) => backend.ToString().ToLowerInvariant();
}
