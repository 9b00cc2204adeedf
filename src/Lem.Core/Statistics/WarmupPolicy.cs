namespace Lem.Core.Statistics;

/// <summary>When a warm-up is over.</summary>
/// <param name="DetectConvergence">False: exactly <paramref name="MaxPrompts"/> iterations.</param>
/// <param name="CvThreshold">The last latencies' coefficient of variation must be below it.</param>
/// <param name="WindowSize">How many latencies that looks at.</param>
public sealed record WarmupPolicy(
    bool DetectConvergence = true,
    double CvThreshold = 0.05,
    int WindowSize = 5,
    int MinPrompts = 5,
    int MaxPrompts = 50,
    TimeSpan? Timeout = null);
