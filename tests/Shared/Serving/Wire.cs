using System.Net.Sockets;

namespace Lem.Tests.Shared.Serving;

/// <summary>Sends what a buffer holds, packet by packet.</summary>
static class Wire
{
    /// <summary>Sends as much as the kernel takes without waiting.</summary>
    /// <returns>Bytes taken; null where the connection is gone.</returns>
    public static int? TrySend(Socket socket, SendBuffer buffer)
    {
        var sent = 0;
        try
        {
            for (var packet = 0; sent < buffer.Count; packet++)
            {
                var end = packet < buffer.PacketEnds.Count ? buffer.PacketEnds[packet] : buffer.Count;
                var taken = socket.Send(buffer.Memory.Span[sent..end], SocketFlags.None, out var error);
                if (error is SocketError.WouldBlock)
                    return sent;
                if (error is not SocketError.Success)
                    return null;
                sent += taken;
                if (sent < end)
                    return sent;
            }

            return sent;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Sends all of it, waiting for the client where it is slow.</summary>
    public static async ValueTask SendAsync(Socket socket, SendBuffer buffer)
    {
        var sent = 0;
        foreach (var end in buffer.PacketEnds)
        {
            await SendAsync(socket, buffer.Memory[sent..end]);
            sent = end;
        }

        await SendAsync(socket, buffer.Memory[sent..]);
    }

    public static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    /// <summary>Closes a connection with a reset instead of an end.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
