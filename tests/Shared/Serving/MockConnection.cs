using System.Net.Sockets;

namespace Lem.Tests.Shared.Serving;

/// <summary>One client's connection: requests one after another, until either side ends it.</summary>
sealed class MockConnection(MockServer server, Socket socket)
{
    readonly HttpRequestReader _reader = new(socket);
    readonly SendBuffer _buffer = new();

    public async Task RunAsync()
    {
        try
        {
            var next = _reader.ReadAsync();
            while (await next is { } request)
            {
                Task<bool> answered;
                if (server.Pages.Find(request) is { } page)
                {
                    answered = SendAsync(page);
                    next = _reader.ReadAsync();
                }
                else
                {
                    var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var generation = new Generation(server, socket, _buffer, request, gone.Task);
                    var (call, refusal) = generation.Read();
                    // Reading on while answering is how a client that leaves is noticed.
                    next = ReadAheadAsync(gone);
                    answered = generation.ServeAsync(call, refusal);
                }

                if (!await answered || !request.KeepAlive)
                    break;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client left in the middle of an answer; its request's log tells it.
        }
        finally
        {
            socket.Dispose();
        }
    }

    /// <summary>Ends it from the server's side, whatever it is doing.</summary>
    public void Reset() => Wire.Reset(socket);

    async Task<bool> SendAsync(Page page)
    {
        await Wire.SendAsync(socket, (byte[])[.. page.Head(), .. page.Body]);
        return true;
    }

    async Task<HttpRequest?> ReadAheadAsync(TaskCompletionSource gone)
    {
        var request = await _reader.ReadAsync();
        if (request is null)
            gone.SetResult();
        return request;
    }
}
