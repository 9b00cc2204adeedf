namespace Lem.Core.Configuration;

/// <summary>Samples of power, memory and utilisation over time; the interval thins what is stored, not what is measured.</summary>
public sealed record TimeSeriesConfig(bool Enabled = true, bool Save = true, int SampleIntervalMs = 100)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (SampleIntervalMs is < 1 or > 5000)
            yield return new("sample_interval_ms", $"must be 1 to 5000, but is {SampleIntervalMs}");
    }
}
