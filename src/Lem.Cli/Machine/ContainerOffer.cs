using Lem.Core;
using Lem.Measurement.Launching.Containers;

namespace Lem.Cli.Machine;

/// <summary>Whether an engine can run in the container that comes with lem.</summary>
/// <param name="Place">Where it would run; null = it cannot.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Fix">What to do about it.</param>
sealed record ContainerOffer(string? Place, string? Problem, string? Fix)
{
    public static async Task<IReadOnlyDictionary<string, ContainerOffer>> LookAsync(CliHost host, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var docker = new HostDocker(host);
        var offers = new Dictionary<string, ContainerOffer>();
        foreach (var service in services)
            offers[service] = await OfAsync(docker, service, cancellationToken);
        return offers;
    }

    static async Task<ContainerOffer> OfAsync(HostDocker docker, string service, CancellationToken cancellationToken)
    {
        try
        {
            var place = await new ContainerSearch(docker.Require()).FindAsync(docker.ShippedFile, service, cancellationToken);
            return new($"service {service} of {place.Service.File} ({place.Definition.Image}{(place.IsUp ? ", up" : "")})", null, null);
        }
        catch (LemException e)
        {
            return new(null, e.Message.Split('\n')[0], e.Hint);
        }
    }
}
