namespace Lem.Core.Configuration;

/// <summary>A rate that rises (or falls) in a straight line from <c>from_qps</c> to <c>to_qps</c>.</summary>
public sealed record RampConfig(double FromQps = 1, double ToQps = 10, double DurationSec = 60)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (FromQps < 0)
            yield return new("from_qps", $"must be 0 or more, but is {FromQps}");
        if (ToQps < 0 || (FromQps == 0 && ToQps == 0))
            yield return new("to_qps", $"must be 0 or more, and above 0 when from_qps is 0, but is {ToQps}");
        if (DurationSec <= 0)
            yield return new("duration_sec", $"must be above 0, but is {DurationSec}");
    }
}
