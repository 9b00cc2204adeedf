namespace Lem.Tests.Fakes;

/// <summary>
/// A clock that stands still until it is told. Waiting on it (<c>Task.Delay(…, clock)</c>) moves it on at once, so that nothing sleeps;
/// what was asked to happen every so often happens at its exact times on the way.
/// </summary>
sealed class ManualClock : TimeProvider
{
    readonly List<Ticker> _tickers = [];
    long _now;

    /// <summary>Told every instant at which the clock stops on its way, nanoseconds.</summary>
    public Action<long>? Moved { get; set; }

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(_now / 100);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public void Advance(TimeSpan time)
    {
        var target = _now + time.Ticks * 100;
        while (_tickers.Where(t => t.Next <= target).MinBy(t => t.Next) is { } due)
        {
            _now = due.Next;
            Moved?.Invoke(_now);
            due.Next += due.Period;
            due.Tick();
        }

        _now = target;
        Moved?.Invoke(_now);
    }

    /// <summary>Stands in for the sampler's thread.</summary>
    public IDisposable Every(Action tick, TimeSpan period)
    {
        var ticker = new Ticker(this, tick, period.Ticks * 100) { Next = _now };
        _tickers.Add(ticker);
        return ticker;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            Advance(dueTime);
            callback(state);
        }

        return new FiredTimer();
    }

    sealed class Ticker(ManualClock clock, Action tick, long period) : IDisposable
    {
        public Action Tick { get; } = tick;

        public long Period { get; } = period;

        public long Next { get; set; }

        public void Dispose() => clock._tickers.Remove(this);
    }

    sealed class FiredTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
