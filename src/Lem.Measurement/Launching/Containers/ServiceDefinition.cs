using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Measurement.Launching.Containers;

/// <summary>What a compose file says of one service, as far as it matters to whoever runs a program in it.</summary>
/// <param name="Image">Null where it is only built.</param>
/// <param name="SharesHostNetwork">Its programs listen at this machine's own addresses.</param>
/// <param name="Ports">Ports that have the same number in there and at this machine's loopback address.</param>
/// <param name="ProjectVolumes">Volumes that belong to the project, so that another project's container has others of the same name.</param>
public sealed record ServiceDefinition(string? Image, bool SharesHostNetwork, IReadOnlyList<int> Ports, IReadOnlyList<string> ProjectVolumes)
{
    /// <summary>Names of all services of a file.</summary>
    /// <param name="config">What <c>docker compose config --format json</c> says.</param>
    public static IReadOnlyList<string> Services(JsonObject config) => [.. (config["services"] as JsonObject ?? []).Select(service => service.Key)];

    /// <summary>One of them; null where there is none of that name.</summary>
    public static ServiceDefinition? Of(JsonObject config, string name)
    {
        if (config["services"]?[name] is not JsonObject service)
            return null;
        return new(
            service["image"]?.ToString(),
            service["network_mode"]?.ToString() == "host",
            [.. (service["ports"] as JsonArray ?? []).Select(PortOf).OfType<int>()],
            [.. (service["volumes"] as JsonArray ?? []).Select(volume => ProjectVolume(volume, config["volumes"] as JsonObject)).OfType<string>()]);
    }

    /// <summary>Null where it is no JSON object.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static int? PortOf(JsonNode? port) =>
        port?["protocol"]?.ToString() is null or "tcp"
        && port?["host_ip"]?.ToString() is null or "" or "127.0.0.1" or "0.0.0.0"
        && int.TryParse(port?["published"]?.ToString(), CultureInfo.InvariantCulture, out var published)
        && port?["target"]?.ToString() == published.ToString(CultureInfo.InvariantCulture)
            ? published
            : null;

    static string? ProjectVolume(JsonNode? volume, JsonObject? declared) =>
        volume?["type"]?.ToString() == "volume" && volume["source"]?.ToString() is { } source && declared?[source]?["external"]?.GetValue<bool>() is not true
            ? source
            : null;
}
