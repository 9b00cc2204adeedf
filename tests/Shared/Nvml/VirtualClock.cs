namespace Lem.Tests.Shared.Nvml;

/// <summary>A clock that says what it is told: for scenarios of hours in seconds.</summary>
sealed class VirtualClock : TimeProvider
{
    public long Nanoseconds { get; set; }

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Nanoseconds;
}
