namespace Lem.Core.Configuration;

/// <summary>The idle power that is measured before a run and subtracted from it.</summary>
/// <param name="Required">Without a settled baseline the run fails its quality gate.</param>
/// <param name="CacheTtlSec">How old a power measured before anything was loaded may be to serve again; 0 = it is always measured.</param>
public sealed record BaselineConfig(
    bool Enabled = true,
    bool Required = false,
    double DurationSec = 30,
    double CacheTtlSec = 3600)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (DurationSec is not (>= 5 and <= 120))
            yield return new("duration_sec", $"must be 5 to 120, but is {DurationSec}");
        if (CacheTtlSec is not (0 or >= 60))
            yield return new("cache_ttl_sec", $"must be 0 (no cache) or at least 60, but is {CacheTtlSec}");
    }
}
