using System.Net;
using System.Net.Sockets;
using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Ports of this machine's loopback address, for servers that share its network.</summary>
static class LoopbackPort
{
    /// <param name="wanted">0 = any that is free.</param>
    /// <exception cref="LemException">It is taken.</exception>
    public static int Choose(int wanted) => wanted == 0 ? Free() : IsFree(wanted) ? wanted : throw new LemException(
        $"port {wanted} is taken by another program", "Choose another (--set server.port=0 takes a free one), or give the address of what runs there: --set server.url=…");

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
