using Lem.Core;
using Lem.Measurement.Launching.Containers;

namespace Lem.Cli.Machine;

/// <summary>What of Docker is on this machine.</summary>
/// <param name="Program">The client; null = not found.</param>
/// <param name="Engine">The daemon.</param>
/// <param name="Compose">The client's Compose plugin.</param>
sealed record DockerFacts(string? Program, DockerPart? Engine = null, DockerPart? Compose = null)
{
    public static async Task<DockerFacts> LookAsync(CliHost host, CancellationToken cancellationToken)
    {
        var docker = new HostDocker(host);
        if (docker.Path is null)
            return new(Program: null);
        var search = new ContainerSearch(docker.Program);
        return new(
            docker.Path,
            await LookAsync(async () => (await search.DaemonAsync(cancellationToken)).Version),
            await LookAsync(() => search.ComposeVersionAsync(cancellationToken)));
    }

    static async Task<DockerPart> LookAsync(Func<Task<string>> version)
    {
        try
        {
            return new(await version(), null, null);
        }
        catch (LemException e)
        {
            return new(null, e.Message.Split('\n')[0], e.Hint);
        }
    }
}
