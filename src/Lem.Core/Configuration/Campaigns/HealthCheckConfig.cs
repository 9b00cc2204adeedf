namespace Lem.Core.Configuration.Campaigns;

/// <summary>Whether an engine's container is fit for the next cell, and what is done when not.</summary>
/// <param name="IntervalExperiments">Also every so many experiments; 0 = before each cell only.</param>
/// <param name="GpuMemoryThresholdPct">With nothing loaded, GPU memory must be below this.</param>
public sealed record HealthCheckConfig(
    bool Enabled = true,
    int IntervalExperiments = 0,
    double GpuMemoryThresholdPct = 90,
    bool RestartOnFailure = true,
    int MaxRestarts = 3)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (IntervalExperiments < 0)
            yield return new("interval_experiments", $"must be 0 or more, but is {IntervalExperiments}");
        if (GpuMemoryThresholdPct is not (> 0 and <= 100))
            yield return new("gpu_memory_threshold_pct", $"must be in (0, 100], but is {GpuMemoryThresholdPct}");
        if (MaxRestarts < 0)
            yield return new("max_restarts", $"must be 0 or more, but is {MaxRestarts}");
    }
}
