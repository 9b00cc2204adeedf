using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// An OpenAI-compatible server that we control to the byte: it answers at exact times, fails in every way we know, stamps all it sends
/// and tells the stamps. It runs no model. Loopback only.
/// </summary>
sealed class MockServer : IAsyncDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ConcurrentDictionary<MockConnection, Task> _connections = new();
    readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _accepting;

    MockServer(MockOptions options)
    {
        Options = options;
        Log = new(options.KeepRequests);
        Slots = new(options.MaxRunning);
        Pages = new(this);
        ReadyAt = Monotonic.Now() + Monotonic.FromMilliseconds(options.ReadyAfterMs);
        // Started again at once after an end, as servers do that are measured twice.
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port; // A bound socket has one.
        // vLLM and TensorRT-LLM listen when the model is loaded; until then connections are refused.
        var late = options.Flavour is Flavour.Vllm or Flavour.TensorRt;
        if (!late || options.ReadyAfterMs <= 0)
            _listener.Listen(4096);
        _accepting = AcceptAsync(late ? Timing.WhenDue(ReadyAt) : Task.CompletedTask);
    }

    public MockOptions Options { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The completions that were asked for, with all that was sent.</summary>
    public RequestLog Log { get; }

    public ServiceStatistics Statistics { get; } = new();

    /// <summary>Done when a fault of kind <see cref="FaultKind.Die"/> came.</summary>
    public Task Died => _died.Task;

    internal TimingThread Timing { get; } = new();

    internal ServiceSlots Slots { get; }

    internal PrefixCache Prefixes { get; } = new();

    internal Pages Pages { get; }

    internal long ReadyAt { get; }

    /// <summary>Connections that are open now.</summary>
    public int Connections => _connections.Values.Count(served => !served.IsCompleted);

    public static MockServer Start(MockOptions options) => new(options);

    /// <summary>Closes the port and resets every connection.</summary>
    internal void Die()
    {
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Reset();
        _died.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Die();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        Timing.Dispose();
    }

    async Task AcceptAsync(Task loaded)
    {
        try
        {
            await Task.WhenAny(loaded, Died);
            _listener.Listen(4096);
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                // The timing thread must never wait for a client.
                socket.Blocking = false;
                var connection = new MockConnection(this, socket);
                _connections[connection] = connection.RunAsync();
                _ = ForgetAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server ended.
        }
    }

    async Task ForgetAsync(MockConnection connection)
    {
        await _connections[connection];
        _connections.TryRemove(connection, out _);
    }
}
