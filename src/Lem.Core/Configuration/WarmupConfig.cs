namespace Lem.Core.Configuration;

/// <summary>Requests before the measured window, until the latency has settled or a cap is reached.</summary>
/// <param name="CvThreshold">Settled = coefficient of variation of the last <c>window_size</c> latencies at or below this.</param>
public sealed record WarmupConfig(
    bool Enabled = true,
    bool ConvergenceDetection = true,
    double CvThreshold = 0.05,
    int WindowSize = 5,
    int MinPrompts = 5,
    int MaxPrompts = 50,
    double? TimeoutSec = null)
{
    public const int SmallestWindow = 3;

    public IEnumerable<ConfigError> Validate()
    {
        if (CvThreshold is not (> 0 and <= 1))
            yield return new("cv_threshold", $"must be in (0, 1], but is {CvThreshold}");
        if (WindowSize is < SmallestWindow or > 20)
            yield return new("window_size", $"must be {SmallestWindow} to 20, but is {WindowSize}");
        if (MaxPrompts is < 1 or > 200)
            yield return new("max_prompts", $"must be 1 to 200, but is {MaxPrompts}");
        if (MinPrompts < 1)
            yield return new("min_prompts", $"must be 1 or more, but is {MinPrompts}");
        if (MinPrompts > MaxPrompts)
            yield return new("min_prompts", $"must not exceed max_prompts ({MaxPrompts}), but is {MinPrompts}");
        if (WindowSize > Math.Max(MaxPrompts, SmallestWindow))
            yield return new("window_size", $"must not exceed max_prompts ({MaxPrompts}), but is {WindowSize}");
        if (TimeoutSec <= 0)
            yield return new("timeout_sec", $"must be above 0, but is {TimeoutSec}");
    }
}
