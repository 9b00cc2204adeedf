using System.Globalization;
using Lem.Core.Metrics.Definitions;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Exports;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Comparison;

/// <summary>A figure in which configurations are compared.</summary>
/// <param name="Path">Its path in a result.</param>
public sealed record ComparedMetric(string Path, string Unit)
{
    readonly CycleMetric? _overCycles = CycleMetric.All.FirstOrDefault(metric => metric.Path == Path);

    /// <summary>What is compared unless other figures are named.</summary>
    public static IReadOnlyList<ComparedMetric> Headlines { get; } =
    [
        new("energy_metrics.joules_per_output_token", "J/token"),
        new("energy_metrics.adjusted_joules_per_output_token", "J/token"),
        new("energy_metrics.joules_per_request", "J/request"),
        new("inference_metrics.output_tokens_per_second", "token/s"),
        new("latency_stats.ttft.mean", "ms"),
        new("latency_stats.tpot.mean", "ms"),
        new("latency_stats.e2e.mean", "ms"),
    ];

    /// <summary>The figure at a path; null where results have no number there.</summary>
    public static ComparedMetric? At(string path) => MetricDefinitions.Of(path) is { Unit: { Length: > 0 } unit } ? new(path, unit) : null;

    /// <summary>Whether results have this field at all, be it null.</summary>
    public bool IsIn(ExperimentResult window) => FlatResult.Of(window).ContainsKey(Path);

    /// <summary>Its value in one window; null where there is none.</summary>
    internal double? Value(ExperimentResult window) => _overCycles is { } metric
        ? metric.Value(window)
        : FlatResult.Of(window).GetValueOrDefault(Path) is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Variance of what the windows' logarithms have in common: that of a shared baseline, relative to what is left above it.</summary>
    internal EstimatedVariance SharedVariance(IReadOnlyList<ExperimentResult> windows)
    {
        if (_overCycles is not { SharedVariance: { } shared } metric)
            return EstimatedVariance.None;
        var mean = windows.Average(window => metric.Ratio is { } ratio ? ratio(window).Numerator : metric.Value(window) ?? double.NaN);
        return shared(windows).Scaled(1 / mean);
    }
}
