namespace Lem.Measurement.Energy;

/// <summary>Turns the failures of single readings into the reason for a missing number.</summary>
static class ReadFailures
{
    /// <summary>The commonest failure's name, or null where no reading failed.</summary>
    public static string? Reason(ChannelSeries series) => series.Points
        .Where(point => point.Failure is not ReadFailure.None)
        .GroupBy(point => point.Failure)
        .OrderByDescending(failures => failures.Count())
        .Select(failures => Name(failures.Key))
        .FirstOrDefault();

    /// <summary>Why the first reading after an instant has no value; null where it has one, or there is none.</summary>
    public static string? After(ChannelSeries series, double seconds) =>
        series.Points.FirstOrDefault(point => point.AtSeconds > seconds) is { Failure: not ReadFailure.None } failed ? Name(failed.Failure) : null;

    static string Name(ReadFailure failure) => failure switch
    {
        ReadFailure.NotSupported => "read_not_supported",
        ReadFailure.NoPermission => "read_no_permission",
        ReadFailure.DeviceLost => "device_lost",
        ReadFailure.TimedOut => "read_timed_out",
        _ => "unreadable",
    };
}
