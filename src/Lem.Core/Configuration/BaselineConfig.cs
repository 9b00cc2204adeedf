namespace Lem.Core.Configuration;

/// <summary>The idle power that is measured before a run and subtracted from it.</summary>
/// <param name="Required">Without a settled baseline the run fails its quality gate.</param>
public sealed record BaselineConfig(
    bool Enabled = true,
    bool Required = false,
    double DurationSec = 30,
    double CacheTtlSec = 3600,
    int SampleIntervalMs = 100)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (DurationSec is not (>= 5 and <= 120))
            yield return new("duration_sec", $"must be 5 to 120, but is {DurationSec}");
        if (CacheTtlSec is not (0 or >= 60))
            yield return new("cache_ttl_sec", $"must be 0 (no cache) or at least 60, but is {CacheTtlSec}");
        if (SampleIntervalMs is < 1 or > 1000)
            yield return new("sample_interval_ms", $"must be 1 to 1000, but is {SampleIntervalMs}");
    }
}
