using System.Buffers;
using Lem.Core.Results;
using Lem.Core.Statistics;

namespace Lem.Core.Metrics;

/// <summary>Figures of a series of values in the order of their making, with intervals that allow for their dependence.</summary>
static class DistributionOfSeries
{
    /// <param name="because">Told, for each interval that is refused, its field and the reason.</param>
    public static DistributionSummary Summarise(string unit, ReadOnlySpan<double> series, Action<string, string> because)
    {
        if (series.IsEmpty)
            return new DistributionSummary(unit, 0, null, null, null, null, null, null, null, null, null, new DistributionIntervals());

        var room = ArrayPool<double>.Shared.Rent(series.Length);
        var sorted = room.AsSpan(0, series.Length);
        series.CopyTo(sorted);
        sorted.Sort();
        var effective = EffectiveSampleSize.Of(series);
        if (series.Length < 2)
            because("sd", "too_few_samples");
        var summary = new DistributionSummary(
            unit,
            series.Length,
            effective,
            Descriptive.Mean(series),
            Descriptive.StandardDeviation(series),
            sorted[0],
            Quantile.OfSorted(sorted, 0.5),
            Quantile.OfSorted(sorted, 0.9),
            Quantile.OfSorted(sorted, 0.95),
            Quantile.OfSorted(sorted, 0.99),
            sorted[^1],
            new DistributionIntervals(
                Given("mean", StudentInterval.OfSeriesMean(series, effective), because),
                Given("p50", Quantile.Interval(sorted, 0.5, effective), because),
                Given("p90", Quantile.Interval(sorted, 0.9, effective), because),
                Given("p95", Quantile.Interval(sorted, 0.95, effective), because),
                Given("p99", Quantile.Interval(sorted, 0.99, effective), because)));
        ArrayPool<double>.Shared.Return(room);
        return summary;
    }

    static ConfidenceInterval? Given(string field, IntervalEstimate estimate, Action<string, string> because)
    {
        if (estimate.Reason is { } reason)
            because($"intervals.{field}", reason);
        return estimate.Interval;
    }
}
