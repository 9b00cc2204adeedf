namespace Lem.Core.Statistics;

/// <summary>
/// Decides whether latencies have settled: little spread, no slope, and no rising temperature. Looks only at figures, so synthetic series test it.
/// </summary>
public static class WarmupConvergence
{
    /// <summary>The slope's 95 % interval must lie within this share of the mean, per iteration.</summary>
    public const double SlopeLimit = 0.01;

    /// <summary>Degrees Celsius per second above which a chip still warms up.</summary>
    public const double TemperatureSlopeLimit = 0.5;

    /// <summary>The decision after these latencies, all in one unit, the oldest first.</summary>
    /// <param name="temperatureSlope">Degrees Celsius per second of the hottest device, where known.</param>
    public static WarmupDecision Decide(WarmupPolicy policy, ReadOnlySpan<double> latencies, TimeSpan elapsed, double? temperatureSlope = null)
    {
        var cv = Descriptive.CoefficientOfVariation(Last(latencies, policy.WindowSize));
        var stretch = Math.Max(10, 2 * policy.WindowSize);
        var trend = latencies.Length >= stretch ? LinearTrend.Of(Last(latencies, stretch)) : null;

        var settled = policy.DetectConvergence
            && latencies.Length >= Math.Max(policy.MinPrompts, policy.WindowSize)
            && cv < policy.CvThreshold
            && trend is not null
            && trend.IsWithin(SlopeLimit * Math.Abs(Descriptive.Mean(Last(latencies, stretch)) ?? 0))
            && temperatureSlope is null or < TemperatureSlopeLimit;
        var state = settled ? WarmupState.Converged
            : latencies.Length >= policy.MaxPrompts ? WarmupState.MaxPrompts
            : elapsed >= policy.Timeout ? WarmupState.Timeout
            : WarmupState.Continue;
        return new WarmupDecision(state, cv, trend);
    }

    static ReadOnlySpan<double> Last(ReadOnlySpan<double> values, int count) => values[Math.Max(0, values.Length - count)..];
}
