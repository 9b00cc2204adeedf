using System.Net.Sockets;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// Sends one stream: each event at its time from the timing thread, or all of them as fast as they are taken. Records come before the bytes
/// they are about, so that a client that has read something finds it recorded.
/// </summary>
/// <param name="completed">Called before the last bytes leave.</param>
sealed class StreamSender(
    Socket socket, TokenStream stream, ServicePlan plan, MockRequest log, ServiceStatistics statistics, TimingThread timing, Action completed)
{
    // Packets of a flood: large enough that system calls do not count.
    const int FloodBytes = 48 << 10;

    readonly TaskCompletionSource<StreamStep?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    byte[] _head = [];
    long _due;
    int _events;
    long? _last;

    /// <summary>Sends the stream, the first event at <paramref name="due"/>.</summary>
    /// <param name="head">Sent with the first event.</param>
    /// <returns>How the stream ended; null where the client left.</returns>
    public async Task<StreamStep?> SendTimedAsync(byte[] head, long due, Task gone)
    {
        (_head, _due) = (head, due);
        timing.Schedule(due, SendNext);
        await Task.WhenAny(_ended.Task, gone);
        _ended.TrySetResult(null);
        return await _ended.Task;
    }

    /// <inheritdoc cref="SendTimedAsync"/>
    public async Task<StreamStep?> FloodAsync(byte[] head, SendBuffer buffer)
    {
        buffer.Clear();
        buffer.Append(head);
        while (true)
        {
            var (tokens, events) = (0, 0);
            StreamStep step;
            Stamp();
            do
            {
                step = stream.Write(buffer);
                tokens += stream.LastTokens;
                events += stream.LastTokens > 0 ? 1 : 0;
            }
            while (step is StreamStep.Tokens && buffer.Count < FloodBytes);

            Count(Stamp(), tokens, events, step);
            await Wire.SendAsync(socket, buffer);
            if (step is not StreamStep.Tokens)
                return step;
            buffer.Clear();
        }
    }

    // On the timing thread.
    long SendNext()
    {
        if (_ended.Task.IsCompleted)
            return TimingThread.Never;
        var buffer = timing.Scratch;
        buffer.Clear();
        buffer.Append(_head);
        _head = [];
        var at = Stamp();
        var step = stream.Write(buffer);
        Count(at, stream.LastTokens, stream.LastTokens > 0 ? 1 : 0, step);
        var sent = Wire.TrySend(socket, buffer);
        if (step is StreamStep.Tokens)
            // The end follows the last tokens at once, in a packet of its own.
            _due = stream.IsComplete ? at : _due + plan.Gap(++_events);
        if (sent == buffer.Count)
            return Next(step);
        if (sent is { } taken)
            _ = SendRestAsync(buffer.Memory[taken..].ToArray(), step);
        else
            _ended.TrySetResult(null);
        return TimingThread.Never;
    }

    // The client reads too slowly for the kernel's buffers; others must not wait for it.
    async Task SendRestAsync(byte[] rest, StreamStep step)
    {
        try
        {
            await Wire.SendAsync(socket, rest);
            if (Next(step) is var due and not TimingThread.Never)
                timing.Schedule(due, SendNext);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _ended.TrySetResult(null);
        }
    }

    long Next(StreamStep step)
    {
        if (step is StreamStep.Tokens)
            return _due;
        _ended.TrySetResult(step);
        return TimingThread.Never;
    }

    long Stamp()
    {
        var now = Monotonic.Now();
        // Events without tokens (the end, a fault) move no time of theirs.
        if (!stream.IsComplete)
        {
            stream.Times.First ??= now;
            stream.Times.Last = now;
        }

        return now;
    }

    void Count(long at, int tokens, int events, StreamStep step)
    {
        if (tokens > 0)
        {
            log.Sent(at, tokens);
            statistics.Sent(tokens, events);
            if (_last is { } last)
                statistics.InterTokenLatency.Observe((at - last) / 1e9 / events, events);
            else
            {
                statistics.TimeToFirstToken.Observe((at - log.Received) / 1e9);
                statistics.InterTokenLatency.Observe(0, events - 1);
            }

            _last = at;
        }

        if (step is StreamStep.End)
            completed();
    }
}
