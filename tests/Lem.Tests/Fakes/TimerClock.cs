namespace Lem.Tests.Fakes;

/// <summary>Time that goes on when it is told to, with timers that ring when it has come to them, once, and can be set anew.</summary>
sealed class TimerClock : TimeProvider
{
    readonly List<Bell> _bells = [];
    TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var bell = new Bell(this, () => callback(state));
        bell.Change(dueTime, period);
        _bells.Add(bell);
        return bell;
    }

    public void Advance(TimeSpan time)
    {
        var end = _now + time;
        while (_bells.Where(bell => bell.Due <= end).MinBy(bell => bell.Due) is { Due: { } due } next)
        {
            _now = due;
            next.Ring();
        }

        _now = end;
    }

    sealed class Bell(TimerClock clock, Action ring) : ITimer
    {
        public TimeSpan? Due { get; private set; }

        public void Ring()
        {
            Due = null;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
            return true;
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
