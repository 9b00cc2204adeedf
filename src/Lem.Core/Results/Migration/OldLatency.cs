using Lem.Core.Results.Aggregation;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Migration;

/// <summary>Latencies as the older tools recorded them: their own figures where they stand, else those of the raw values. No intervals.</summary>
static class OldLatency
{
    const string None = "no_intervals_without_request_records";

    static readonly string[] Stated = ["ttft", "itl", "itl_trimmed", "e2e"];

    /// <param name="stats">latency_stats; null where nothing was streamed.</param>
    /// <param name="extended">extended_metrics, which has the end-to-end figures.</param>
    /// <param name="processes">The workers, which may have the raw values.</param>
    public static LatencyStats Of(OldDocument? stats, OldDocument? extended, IReadOnlyList<OldDocument> processes, Reasons reasons)
    {
        foreach (var series in Stated)
            reasons.Because($"latency_stats.{series}.intervals", None);
        reasons.Because("latency_stats.itl.n_eff", None);
        reasons.Because("latency_stats.tpot", "defined_otherwise: latency_stats.itl_trimmed.mean");
        reasons.Because("latency_stats", "nothing_was_streamed_or_recorded");
        var ttft = Raw(processes, "inference_metrics.latency_measurements.ttft_ms");
        var gaps = Raw(processes, "inference_metrics.latency_measurements.itl_full_ms");
        var trimmed = Raw(processes, "inference_metrics.latency_measurements.itl_trimmed_ms");
        var e2e = Raw(processes, "per_request_latencies_ms");
        return new LatencyStats(
            Said(Of(ttft), stats, "ttft_", stats?.Count("ttft_samples")),
            Of(gaps) is { N: > 0 } full ? full with { Mean = stats?.Number("itl_full_mean_ms") ?? full.Mean, P99 = stats?.Number("itl_full_p99_ms") ?? full.P99 } : Of([]),
            Said(Of(trimmed), stats, "itl_", stats?.Count("itl_samples")),
            Of([]),
            Said(Of(e2e), extended?.Part("request_latency"), "e2e_latency_", extended?.Count("request_latency.e2e_latency_samples")),
            Of([]),
            Of([]),
            Of([]),
            new LatencyObjectives(),
            null,
            null,
            null,
            null,
            Of([]));
    }

    static double[] Raw(IReadOnlyList<OldDocument> processes, string path) => [.. processes.SelectMany(process => process.Numbers(path))];

    static DistributionSummary Said(DistributionSummary raw, OldDocument? figures, string prefix, long? samples) => figures is null || samples is not > 0
        ? raw
        : raw with
        {
            N = samples.Value,
            Mean = figures.Number($"{prefix}mean_ms") ?? raw.Mean,
            P50 = figures.Number($"{prefix}median_ms") ?? raw.P50,
            P95 = figures.Number($"{prefix}p95_ms") ?? raw.P95,
            P99 = figures.Number($"{prefix}p99_ms") ?? raw.P99,
            Min = figures.Number($"{prefix}min_ms") ?? raw.Min,
            Max = figures.Number($"{prefix}max_ms") ?? raw.Max,
        };

    static DistributionSummary Of(double[] values)
    {
        var sorted = Descriptive.Sorted(values);
        return new DistributionSummary(
            "ms",
            values.Length,
            null,
            Descriptive.Mean(values),
            Descriptive.StandardDeviation(values),
            sorted.Length > 0 ? sorted[0] : null,
            Quantile.OfSorted(sorted, 0.5),
            Quantile.OfSorted(sorted, 0.9),
            Quantile.OfSorted(sorted, 0.95),
            Quantile.OfSorted(sorted, 0.99),
            sorted.Length > 0 ? sorted[^1] : null,
            new DistributionIntervals());
    }
}
