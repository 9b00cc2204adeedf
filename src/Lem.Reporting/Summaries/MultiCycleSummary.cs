using Lem.Core.Results;

namespace Lem.Reporting.Summaries;

/// <summary>Statistics over the cycles of one experiment: the headline metrics with their intervals.</summary>
public static class MultiCycleSummary
{
    static readonly (string Metric, string Label)[] Headlines =
    [
        ("energy_metrics.total_energy_j", "energy"),
        ("energy_metrics.adjusted_energy_j", "above idle"),
        ("energy_metrics.joules_per_output_token", "J/output token"),
        ("inference_metrics.tokens_per_second", "in + out tok/s"),
        ("latency_stats.ttft.mean", "TTFT mean"),
        ("latency_stats.tpot.mean", "TPOT mean"),
    ];

    /// <param name="energyMethod">Weakest method in the energy: an interval over repeated estimates says nothing of how far they are from the truth.</param>
    public static IReadOnlyList<string> Render(MultiCycleResult result, EnergyMethod? energyMethod = null)
    {
        var estimated = energyMethod == EnergyMethod.Estimated;
        var lines = new List<string> { $"{result.NumCycles} of {result.RequestedCycles} cycles", "", $"  {"",-16}{"mean",12}  {"95 % interval",-26}{"sd",12}{"CV",9}" };
        foreach (var (metric, label) in Headlines)
            if (result.Metrics.FirstOrDefault(m => m.Metric == metric) is { Mean: not null } statistic)
                lines.Add(Row(label, statistic) + (estimated && metric.StartsWith("energy_metrics.", StringComparison.Ordinal) ? "  ESTIMATED" : ""));
        if (estimated)
            lines.Add("  The intervals are of repeatability alone; the band of the estimate (÷ 3, × 3) comes on top.");
        lines.AddRange(FindingLines.Render(result.Findings));
        return lines;
    }

    static string Row(string label, CycleStatistic statistic)
    {
        var interval = statistic.Interval is { } i ? $"{Figures.Plain(i.Low)} … {Figures.Plain(i.High)}" : $"– ({statistic.Reason ?? "n = 1"})";
        return $"  {label,-16}{Figures.Plain(statistic.Mean) + " " + statistic.Unit,12}  {interval,-26}{Figures.Plain(statistic.Sd),12}{Figures.Percent(statistic.Cv),9}";
    }
}
