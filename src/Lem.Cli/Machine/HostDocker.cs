using System.Globalization;
using Lem.Core;
using Lem.Measurement.Hub;
using Lem.Measurement.Launching;
using Lem.Measurement.Launching.Containers;

namespace Lem.Cli.Machine;

/// <summary>The docker program of this machine, and the compose file that comes with lem.</summary>
sealed class HostDocker(CliHost host)
{
    /// <summary>Whole path of the program, or null.</summary>
    public string? Path { get; } = new ProgramPath(host.Variable("PATH")).Find("docker");

    public string ShippedFile { get; } = System.IO.Path.Combine(host.Application, "docker", "compose.yaml");

    /// <summary>The program with what compose files may refer to; where there is none, one that fails when it is asked.</summary>
    public DockerProgram Program => new(Path ?? "docker", new Dictionary<string, string?>
    {
        ["LEM_UID"] = CurrentUser.UserId().ToString(CultureInfo.InvariantCulture),
        ["LEM_GID"] = CurrentUser.GroupId().ToString(CultureInfo.InvariantCulture),
        ["LEM_HUB_CACHE"] = HubCache,
    });

    /// <summary>The folder that the services of the shipped file mount.</summary>
    public string HubCache => HubSettings.From(host.Variable, host.Environment.HomeDirectory, LemVersion.Number).Cache;

    /// <exception cref="LemException">There is none.</exception>
    public DockerProgram Require() => Path is null
        ? throw new LemException("docker is not found", "Install Docker Engine with the Compose plugin (docs/deployment.md), or take runner: local.")
        : Program;
}
