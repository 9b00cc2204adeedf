using Lem.Core.Results.Raw;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Aggregation;

/// <summary>A figure that is followed over cycles.</summary>
/// <param name="Path">Its path in a result.</param>
/// <param name="Ratio">The pair behind a ratio of sums; null for a plain figure.</param>
/// <param name="SharedVariance">
/// Variance of a part that all cycles have in common, in the squared unit of the figure; of a ratio, in that of its numerator.
/// </param>
sealed record CycleMetric(
    string Path,
    string Unit,
    Func<ExperimentResult, double?> Value,
    Func<ExperimentResult, (double Numerator, double Denominator)>? Ratio = null,
    Func<IReadOnlyList<ExperimentResult>, EstimatedVariance>? SharedVariance = null)
{
    public static IReadOnlyList<CycleMetric> All { get; } =
    [
        new("energy_metrics.total_energy_j", "J", c => c.EnergyMetrics.TotalEnergyJ?.Value),
        new("energy_metrics.measured_energy_j", "J", c => c.EnergyMetrics.MeasuredEnergyJ?.Value),
        new("energy_metrics.adjusted_energy_j", "J", c => c.EnergyMetrics.AdjustedEnergyJ?.Value, SharedVariance: SharedBaselineVariance),
        new("energy_metrics.total_power_w", "W", c => c.EnergyMetrics.TotalPowerW?.Value),
        new(
            "energy_metrics.joules_per_output_token",
            "J/token",
            c => c.EnergyMetrics.JoulesPerOutputToken,
            c => (c.EnergyMetrics.TotalEnergyJ?.Value ?? 0, c.InferenceMetrics.OutputTokens)),
        new(
            "energy_metrics.adjusted_joules_per_output_token",
            "J/token",
            c => c.EnergyMetrics.AdjustedJoulesPerOutputToken,
            c => (c.EnergyMetrics.AdjustedEnergyJ?.Value ?? 0, c.InferenceMetrics.OutputTokens),
            SharedBaselineVariance),
        new(
            "energy_metrics.joules_per_token",
            "J/token",
            c => c.EnergyMetrics.JoulesPerToken,
            c => (c.EnergyMetrics.TotalEnergyJ?.Value ?? 0, c.InferenceMetrics.TotalTokens)),
        new(
            "energy_metrics.tokens_per_joule",
            "token/J",
            c => c.EnergyMetrics.TokensPerJoule,
            c => (c.InferenceMetrics.TotalTokens, c.EnergyMetrics.TotalEnergyJ?.Value ?? 0)),
        new(
            "energy_metrics.joules_per_request",
            "J/request",
            c => c.EnergyMetrics.JoulesPerRequest,
            c => (c.EnergyMetrics.TotalEnergyJ?.Value ?? 0, c.InferenceMetrics.Requests - c.InferenceMetrics.FailedRequests)),
        new("inference_metrics.tokens_per_second", "token/s", c => c.InferenceMetrics.TokensPerSecond),
        new("inference_metrics.output_tokens_per_second", "token/s", c => c.InferenceMetrics.OutputTokensPerSecond),
        new("inference_metrics.inference_time_sec", "s", c => c.InferenceMetrics.InferenceTimeSec),
        new("inference_metrics.prefill.tokens_per_second", "token/s", c => c.InferenceMetrics.Prefill.TokensPerSecond),
        new("inference_metrics.decode.tokens_per_second", "token/s", c => c.InferenceMetrics.Decode.TokensPerSecond),
        new("latency_stats.ttft.mean", "ms", c => c.LatencyStats.Ttft.Mean),
        new("latency_stats.ttft.p99", "ms", c => c.LatencyStats.Ttft.P99),
        new("latency_stats.tpot.mean", "ms", c => c.LatencyStats.Tpot.Mean),
        new("latency_stats.itl.mean", "ms", c => c.LatencyStats.Itl.Mean),
        new("latency_stats.e2e.mean", "ms", c => c.LatencyStats.E2e.Mean),
        new("latency_stats.goodput", "request/s", c => c.LatencyStats.Goodput),
        new("compute_metrics.flops_per_second", "FLOP/s", c => c.ComputeMetrics.FlopsPerSecond),
        new("extended_metrics.token_efficiency_index", "token²/(s·J)", c => c.ExtendedMetrics.TokenEfficiencyIndex),
    ];

    /// <summary>
    /// Cycles of one load share its context-idle power: t̄²·Var(P̄) enters the interval of their mean once. Zero where each has its own, for
    /// then its variance already shows in the spread.
    /// </summary>
    static EstimatedVariance SharedBaselineVariance(IReadOnlyList<ExperimentResult> cycles)
    {
        var baselines = cycles.Select(Baselines).ToList();
        if (baselines.Count < 2 || baselines.Skip(1).Any(b => !b.SequenceEqual(baselines[0])))
            return EstimatedVariance.None;
        var power = EstimatedVariance.Sum([.. baselines[0].Select(b => new EstimatedVariance(b.VarianceW2 ?? 0, BaselineRecord.Blocks - 1))]);
        return power.Scaled(cycles.Average(c => c.Timestamps.DurationSec));
    }

    static List<BaselineRecord> Baselines(ExperimentResult cycle) =>
        [.. cycle.Baselines.Where(b => b.Kind == BaselineKind.ContextIdle && cycle.EnergyBreakdown.AdjustedDevices.Contains(b.Device))];
}
