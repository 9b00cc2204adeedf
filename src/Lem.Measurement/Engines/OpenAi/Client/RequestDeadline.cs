namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>One request's time: it ends when the caller gives up, when the answer has taken too long, or when an output that had begun falls silent.</summary>
sealed class RequestDeadline : IDisposable
{
    // Arming a timer at every read would cost more than reading.
    static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    readonly StreamLimits _limits;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _timer;
    readonly CancellationTokenSource _linked;
    readonly CancellationToken _caller;
    readonly long _start;
    long _armed;
    bool _begun;

    public RequestDeadline(StreamLimits limits, TimeProvider time, CancellationToken caller)
    {
        (_limits, _time, _caller) = (limits, time, caller);
        _start = _armed = time.GetTimestamp();
        _timer = new CancellationTokenSource(limits.Total, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>Bytes came at this stamp.</summary>
    /// <param name="hasOutput">Output has begun: from now on silence is a fault.</param>
    public void Heard(long stamp, bool hasOutput)
    {
        if (!hasOutput || (_begun && _time.GetElapsedTime(_armed, stamp) < Resolution))
            return;
        (_armed, _begun) = (stamp, true);
        var left = _limits.Total - _time.GetElapsedTime(_start, stamp);
        _timer.CancelAfter(left < _limits.Idle ? left > TimeSpan.Zero ? left : TimeSpan.Zero : _limits.Idle);
    }

    /// <summary>Why the token was cancelled; null where the caller gave up.</summary>
    public RequestFailure? Failure()
    {
        if (_caller.IsCancellationRequested || !_timer.IsCancellationRequested)
            return null;
        return _begun && _time.GetElapsedTime(_start) < _limits.Total
            ? new("idle_timeout", $"no byte came for {_limits.Idle.TotalSeconds:0.#} s (server.idle_timeout_sec)")
            : new("timeout", $"not complete after {_limits.Total.TotalSeconds:0.#} s (server.request_timeout_sec)");
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
