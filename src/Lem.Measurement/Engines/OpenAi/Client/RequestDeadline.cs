namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>One request's time: it ends when the caller gives up, when the answer has taken too long, or when an output that had begun falls silent.</summary>
sealed class RequestDeadline : IDisposable
{
    static readonly TimeSpan CoarsestResolution = TimeSpan.FromSeconds(1);

    readonly StreamLimits _limits;
    readonly TimeSpan _resolution;
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
        // Arming a timer at every read would cost more than reading.
        _resolution = limits.Idle / 10 < CoarsestResolution ? limits.Idle / 10 : CoarsestResolution;
        _start = _armed = time.GetTimestamp();
        _timer = new CancellationTokenSource(limits.Total, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>The caller gave up.</summary>
    public bool IsCallers => _caller.IsCancellationRequested;

    /// <summary>The time is over.</summary>
    public bool IsOver => _timer.IsCancellationRequested;

    /// <summary>Output came at this stamp: from now on silence is a fault.</summary>
    public void Begin(long stamp)
    {
        if (_begun)
            return;
        _begun = true;
        Arm(stamp);
    }

    /// <summary>Bytes came at this stamp.</summary>
    public void Heard(long stamp)
    {
        if (_begun && _time.GetElapsedTime(_armed, stamp) >= _resolution)
            Arm(stamp);
    }

    // What comes within the resolution of the last arming does not arm again: the timer runs so much longer.
    void Arm(long stamp)
    {
        _armed = stamp;
        var left = _limits.Total - _time.GetElapsedTime(_start, stamp);
        var idle = _limits.Idle + _resolution;
        _timer.CancelAfter(left > idle ? idle : left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Why the token was cancelled; null where the caller gave up.</summary>
    public RequestFailure? Failure()
    {
        if (IsCallers || !IsOver)
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
