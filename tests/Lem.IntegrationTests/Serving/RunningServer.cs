using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lem.IntegrationTests.Serving;

/// <summary>A server that somebody else has started.</summary>
sealed class RunningServer : IDisposable
{
    RunningServer(Process process, int port) => (Process, Port) = (process, port);

    public Process Process { get; }

    public int Port { get; }

    /// <summary>Starts it at a free port, and waits until it listens.</summary>
    public static async Task<RunningServer> StartAsync(string[] command, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "--host", "127.0.0.1", "--port", $"{port}"]) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("the server did not start");
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
            if (line.Contains("listening", StringComparison.Ordinal))
                break;
        process.BeginOutputReadLine();
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new(process, port);
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
    }

    static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
