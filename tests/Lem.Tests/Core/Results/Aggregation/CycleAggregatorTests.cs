using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Statistics;
using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public class CycleAggregatorTests
{
    static readonly ExperimentResult One = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());

    [Fact]
    public void Known_mean_deviation_and_interval_of_three_cycles()
    {
        var energy = Metric(CycleAggregator.Aggregate(Cycles(99, 100, 101), "id"), "energy_metrics.total_energy_j");

        Assert.Equal((3, 100.0, 100.0, 1.0, 0.01), (energy.N, energy.Mean!.Value, energy.Median!.Value, energy.Sd!.Value, energy.Cv!.Value));
        Assert.Equal(100 - 2.4841377, energy.Interval!.Low, 1e-6);
        Assert.Equal("student_t", energy.Interval.Method);
        Assert.NotNull(energy.Bca);
        Assert.NotNull(energy.PercentileBootstrap);
    }

    [Fact]
    public void Joules_per_token_are_a_ratio_of_sums_with_a_jackknife_interval()
    {
        var cycles = Cycles(100, 300);
        cycles[1] = cycles[1] with { InferenceMetrics = One.InferenceMetrics with { OutputTokens = 100 } };
        cycles[0] = cycles[0] with { InferenceMetrics = One.InferenceMetrics with { OutputTokens = 300 } };

        var ratio = Metric(CycleAggregator.Aggregate(cycles, "id"), "energy_metrics.joules_per_output_token");

        Assert.Equal(1, ratio.Mean);
        Assert.Equal("jackknife_t", ratio.Interval!.Method);
    }

    [Fact]
    public void The_baseline_that_cycles_share_enters_their_interval_once()
    {
        // Three baselines of 0.01 W² each, nine degrees, over 10 s: 100 · 0.03 = 3 J² beside s²/n = 1/3.
        var variance = EstimatedVariance.Sum(new(1.0 / 3, 2), new(1, 9), new(1, 9), new(1, 9));
        var result = CycleAggregator.Aggregate(Cycles(99, 100, 101), "id");
        var joules = Metric(result, "energy_metrics.adjusted_energy_j");
        var perToken = Metric(result, "energy_metrics.adjusted_joules_per_output_token");

        Assert.Equal(variance.HalfWidth(), joules.Interval!.High - joules.Mean!.Value, 1e-8);
        Assert.Equal(variance.HalfWidth() / One.InferenceMetrics.OutputTokens, perToken.Interval!.High - perToken.Mean!.Value, 1e-8);
    }

    [Fact]
    public void One_cycle_has_a_mean_and_no_interval()
    {
        var energy = Metric(CycleAggregator.Aggregate(Cycles(100), "id"), "energy_metrics.total_energy_j");

        Assert.Equal(100, energy.Mean);
        Assert.Null(energy.Interval);
        Assert.Equal("too_few_samples", energy.Reason);
    }

    [Fact]
    public void What_no_cycle_has_is_null_with_its_reason()
    {
        var result = CycleAggregator.Aggregate([Aggregator.Aggregate(SampleRun.Cpu(), new AggregationOptions())], "id");
        var measured = Metric(result, "energy_metrics.measured_energy_j");

        Assert.Null(measured.Mean);
        Assert.Equal("every_domain_is_estimated", measured.Reason);
    }

    [Fact]
    public void Spread_above_ten_percent_and_missing_cycles_are_findings()
    {
        var findings = CycleAggregator.Aggregate(Cycles(80, 120), "id").Findings;

        Assert.Contains(findings, f => f.Code == "cycles_vary" && f.Message.StartsWith("energy_metrics.total_energy_j varies by 28.3", StringComparison.Ordinal));
        Assert.Contains(findings, f => f is { Code: "cycles_missing", Message: "2 of 3 cycles are finished." });
        Assert.DoesNotContain(CycleAggregator.Aggregate(Cycles(99, 100, 101), "id").Findings, f => f.Code is "cycles_vary" or "cycles_missing");
    }

    [Fact]
    public void An_outlier_is_named_and_kept()
    {
        var result = CycleAggregator.Aggregate(Cycles(100, 101, 99, 100.5, 130), "id");

        Assert.Equal([4], Metric(result, "energy_metrics.total_energy_j").Outliers);
        Assert.Equal(106.1, Metric(result, "energy_metrics.total_energy_j").Mean!.Value, 1e-9);
        Assert.Contains(result.Findings, f => f.Code == "cycle_outlier" && f.Message.StartsWith("energy_metrics.total_energy_j: cycle 5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(29, "student_t")]
    [InlineData(30, "bca")]
    public void A_chosen_bootstrap_leads_only_from_thirty_cycles_on(int count, string method)
    {
        var cycles = Cycles([.. Enumerable.Range(0, count).Select(i => 100 + i % 7.0)]);
        cycles[0] = cycles[0] with { EffectiveConfig = new JsonObject { ["statistics"] = new JsonObject { ["ci_method"] = "bca" } } };

        Assert.Equal(method, Metric(CycleAggregator.Aggregate(cycles, "id"), "energy_metrics.total_energy_j").Interval!.Method);
    }

    [Fact]
    public void Cycles_of_different_configurations_are_not_mixed()
    {
        var cycles = Cycles(100, 101);
        cycles[1] = cycles[1] with { ConfigHash = "other" };

        Assert.Throws<LemException>(() => CycleAggregator.Aggregate(cycles, "id"));
    }

    static ExperimentResult[] Cycles(params double[] joules) => [.. joules.Select((energy, k) => One with
    {
        CycleIndex = k,
        EnergyMetrics = One.EnergyMetrics with
        {
            TotalEnergyJ = new Joules(energy),
            AdjustedEnergyJ = new Joules(energy - 50),
            JoulesPerOutputToken = energy / One.InferenceMetrics.OutputTokens,
        },
    })];

    static CycleStatistic Metric(MultiCycleResult result, string path) => result.Metrics.Single(m => m.Metric == path);
}
