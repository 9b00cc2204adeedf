namespace Lem.Measurement.Energy;

/// <summary>Why one reading has no value.</summary>
public enum ReadFailure
{
    None,
    NotSupported,
    NoPermission,
    DeviceLost,
    TimedOut,
    Unreadable,
}
