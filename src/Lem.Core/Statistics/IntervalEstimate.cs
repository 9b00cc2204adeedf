namespace Lem.Core.Statistics;

/// <summary>An interval, or the reason why the data do not allow one.</summary>
/// <param name="Reason">Stable code: <c>too_few_samples</c>, <c>too_few_independent_samples</c>, <c>degenerate_resamples</c>.</param>
public sealed record IntervalEstimate(ConfidenceInterval? Interval, string? Reason)
{
    public static IntervalEstimate Of(double low, double high, double level, string method) => new(new(low, high, level, method), null);

    public static IntervalEstimate None(string reason) => new(null, reason);
}
