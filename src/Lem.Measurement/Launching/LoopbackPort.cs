using System.Net;
using System.Net.Sockets;
using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Ports of this machine's loopback address, for servers that share its network.</summary>
static class LoopbackPort
{
    static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(2);

    /// <param name="wanted">0 = any that is free.</param>
    /// <exception cref="LemException">It is taken.</exception>
    public static int Choose(int wanted) => wanted == 0 ? Free() : IsFree(wanted) ? wanted : throw new LemException(
        $"port {wanted} is taken by another program", "Choose another (--set server.port=0 takes a free one), or give the address of what runs there: --set server.url=…");

    /// <summary>The first of these at which no server answers. Where a container publishes them all are bound already, whether anybody listens in there or not.</summary>
    /// <exception cref="LemException">There is none.</exception>
    public static async Task<int> FirstSilentAsync(IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        foreach (var port in ports)
            if (!await AnswersAsync(new Uri($"http://127.0.0.1:{port}"), cancellationToken))
                return port;
        throw Taken($"http://127.0.0.1:{ports[0]}{(ports.Count > 1 ? $" and the {ports.Count - 1} other ports" : "")}");
    }

    /// <exception cref="LemException">A server is there, which must not be taken for the one that is about to be started.</exception>
    public static async Task RequireSilenceAsync(Uri address, CancellationToken cancellationToken)
    {
        if (await AnswersAsync(address, cancellationToken))
            throw Taken(address.ToString().TrimEnd('/'));
    }

    // One that takes the question and says nothing is busy, not absent.
    static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = AnswerPatience };
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "health"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    static LemException Taken(string where) => new(
        $"something answers at {where} already, before the server was started",
        "End it, or choose another port (server.port); or measure what runs there: --set server.url=…");

    static int Free()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    static bool IsFree(int port)
    {
        try
        {
            using var socket = new TcpListener(IPAddress.Loopback, port);
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
