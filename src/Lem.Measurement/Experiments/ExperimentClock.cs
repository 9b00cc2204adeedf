namespace Lem.Measurement.Experiments;

/// <summary>Seconds since the experiment began, on the monotonic clock; the wall clock only labels.</summary>
sealed class ExperimentClock(TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    public long Start { get; } = time.GetTimestamp();

    public DateTimeOffset StartTime { get; } = time.GetUtcNow();

    public long Now => Time.GetTimestamp();

    public double NowSeconds => Seconds(Now);

    /// <summary>Seconds from the experiment's start to a stamp.</summary>
    public double Seconds(long stamp) => Time.GetElapsedTime(Start, stamp).TotalSeconds;

    /// <summary>The wall-clock label of a stamp: the start's, moved on by the monotonic clock, so that a clock that is set never bends a window.</summary>
    public DateTimeOffset Label(long stamp) => StartTime + Time.GetElapsedTime(Start, stamp);
}
