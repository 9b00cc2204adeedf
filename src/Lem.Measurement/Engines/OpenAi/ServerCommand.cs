using System.Globalization;
using Lem.Core.Configuration;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>The command line of a server that the user gives.</summary>
public static class ServerCommand
{
    /// <summary>Stands for the port in a given command.</summary>
    public const string Port = "{port}";

    /// <summary>Stands for the address it is to listen at.</summary>
    public const string Host = "{host}";

    /// <summary>The command with its address filled in; where it names no port, <c>--host</c> and <c>--port</c> are added, which nearly all servers know.</summary>
    public static LaunchCommand Given(IReadOnlyList<string> command, string host, int port, string folder)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        List<string> arguments = [.. command.Select(word => word.Replace(Port, number, StringComparison.Ordinal).Replace(Host, host, StringComparison.Ordinal))];
        if (ServerConfig.PortIn(command) is null && !command.Any(word => word.Contains(Port, StringComparison.Ordinal)))
            arguments.AddRange(["--host", host, "--port", number]);
        return new(arguments, new Dictionary<string, string?>(), folder);
    }
}
