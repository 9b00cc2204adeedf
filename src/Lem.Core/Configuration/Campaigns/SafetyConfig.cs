namespace Lem.Core.Configuration.Campaigns;

/// <summary>When a campaign gives up.</summary>
/// <param name="WallClock">Longest time for the whole, such as <c>12h</c>.</param>
public sealed record SafetyConfig(
    bool FailFast = false,
    int MaxConsecutiveFailures = 10,
    double? CellTimeoutSec = null,
    double SilenceTimeoutSec = 300,
    string? WallClock = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (MaxConsecutiveFailures < 1)
            yield return new("max_consecutive_failures", $"must be 1 or more, but is {MaxConsecutiveFailures}");
        if (CellTimeoutSec <= 0)
            yield return new("cell_timeout_sec", $"must be above 0, but is {CellTimeoutSec}");
        if (SilenceTimeoutSec <= 0)
            yield return new("silence_timeout_sec", $"must be above 0, but is {SilenceTimeoutSec}");
        if (WallClock is not null && !Duration.TryParse(WallClock, out _))
            yield return new("wall_clock", $"must be a number with s, m, h, d or w, such as 12h, but is {WallClock}");
    }
}
