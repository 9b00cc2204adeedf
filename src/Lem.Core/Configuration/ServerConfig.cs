using System.Globalization;

namespace Lem.Core.Configuration;

/// <summary>The server of a server engine: an address that is already up, or a command that brings one up.</summary>
/// <param name="Url">Address of a running server; null = lem starts one.</param>
/// <param name="Command">Argument vector that starts the server, in place of the engine's own.</param>
/// <param name="Port">0 = a free one.</param>
/// <param name="ApiKeyEnv">Name of the environment variable that holds the key; the key itself never stands in a file.</param>
public sealed record ServerConfig(
    string? Url = null,
    IReadOnlyList<string>? Command = null,
    string Host = "127.0.0.1",
    int Port = 0,
    ServerEndpoint Endpoint = ServerEndpoint.Completions,
    string? ApiKeyEnv = null,
    double ReadyTimeoutSec = 600,
    double RequestTimeoutSec = 600,
    double IdleTimeoutSec = 60,
    double MetricsIntervalSec = 1)
{
    // Thirty days. The runtime's timers end at fifty.
    const double MostSeconds = 2_592_000;

    public IEnumerable<ConfigError> Validate()
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new("url", $"must be an http or https address, but is {Url}");
        if (Url is not null && Command is not null)
            yield return new("command", "must not stand beside url: the server is either started or already up");
        if (Command is { Count: 0 })
            yield return new("command", "must have at least the program's name");
        if (Command is not null && PortIn(Command) is { } named && named != Port)
            yield return new("command", $"names port {named} itself, but server.port is {Port}: write {{port}} there, which lem fills in, or set server.port to {named}");
        if (Port is < 0 or > 65535)
            yield return new("port", $"must be 0 to 65535, but is {Port}");
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown)
            yield return new("host", $"must be a name or an address, but is {Host}");
        foreach (var (key, seconds) in ((string, double)[])
            [("ready_timeout_sec", ReadyTimeoutSec), ("request_timeout_sec", RequestTimeoutSec), ("idle_timeout_sec", IdleTimeoutSec), ("metrics_interval_sec", MetricsIntervalSec)])
            if (seconds is not (> 0 and <= MostSeconds))
                yield return new(key, string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most {MostSeconds} (30 days), but is {seconds}"));
    }

    /// <summary>The port that a command names as a number (<c>--port 8000</c>, <c>--port=8000</c>, <c>-p 8000</c>); null where it names none.</summary>
    public static int? PortIn(IReadOnlyList<string> command)
    {
        for (var i = 0; i < command.Count; i++)
        {
            var value = command[i].StartsWith("--port=", StringComparison.Ordinal) ? command[i]["--port=".Length..]
                : command[i] is "--port" or "-p" ? command.ElementAtOrDefault(i + 1)
                : null;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                return port;
        }

        return null;
    }
}
