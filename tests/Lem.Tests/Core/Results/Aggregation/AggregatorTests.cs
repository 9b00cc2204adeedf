using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public class AggregatorTests
{
    static readonly AggregationOptions Strict = new();
    static readonly AggregationOptions Lenient = new(Strict: false);

    [Fact]
    public void A_hundred_watts_for_ten_seconds_and_a_token_every_twenty_milliseconds()
    {
        var result = Aggregator.Aggregate(SampleRun.Cpu(), Strict);

        Assert.Equal(new Joules(1000), result.TotalEnergyJ);
        Assert.Equal(EnergyMethod.Estimated, result.EnergyMetrics.TotalEnergyMethod);
        Assert.Equal(new Watts(100), result.EnergyMetrics.TotalPowerW);
        Assert.Equal(20, result.ExtendedMetrics.TpotMs!.Value, 1e-9);
        Assert.Equal(100, result.LatencyStats.Ttft.Mean!.Value, 1e-9);
        Assert.Equal(20, result.LatencyStats.Itl.P99!.Value, 1e-9);
        Assert.Equal(1000.0 / 460, result.EnergyMetrics.JoulesPerOutputToken!.Value, 1e-12);
        Assert.Equal(560.0 / 1000, result.EnergyMetrics.TokensPerJoule!.Value, 1e-12);
        Assert.Equal(56, result.InferenceMetrics.TokensPerSecond);
        Assert.Equal(46, result.InferenceMetrics.OutputTokensPerSecond);
        Assert.Equal(100, result.InferenceMetrics.Prefill.TokensPerSecond);
        Assert.Equal(50, result.InferenceMetrics.Decode.TokensPerSecond);
        Assert.Equal(5.6e9 / 560, result.ComputeMetrics.FlopsPerToken);
        Assert.Equal(46 * 0.46, result.ExtendedMetrics.TokenEfficiencyIndex!.Value, 1e-12);
    }

    [Fact]
    public void An_estimate_is_never_passed_off_as_a_measurement()
    {
        var result = Aggregator.Aggregate(SampleRun.Cpu(), Strict);

        Assert.Null(result.EnergyMetrics.MeasuredEnergyJ);
        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Null(result.EnergyBreakdown.AdjustedJ);
        Assert.Equal("every_domain_is_estimated", Why(result, "energy_metrics.measured_energy_j"));
        Assert.Equal("nvml_library_missing", Why(result, "energy_metrics.gpu_energy_j"));
        Assert.Equal("estimated_domain_has_no_idle", Why(result, "energy_breakdown.adjusted_j"));
    }

    [Fact]
    public void Two_processes_that_claim_one_gpu_are_an_error()
    {
        var run = SampleRun.Gpus();
        run = run with { Processes = [SampleRun.Process(0, ["gpu:a"]), SampleRun.Process(1, ["gpu:a"])] };

        Assert.Contains("claims gpu:a", Assert.Throws<LemException>(() => Aggregator.Aggregate(run, Lenient)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_backends_are_an_error_unless_allowed()
    {
        var run = SampleRun.Gpus();
        var other = run.Processes[1] with { Process = run.Processes[1].Process with { Backend = "vllm" } };
        run = run with { Processes = [run.Processes[0], other] };

        Assert.Contains("llamacpp, vllm", Assert.Throws<LemException>(() => Aggregator.Aggregate(run, Strict)).Message, StringComparison.Ordinal);
        Assert.Equal(1120, Aggregator.Aggregate(run, new AggregationOptions(AllowMixedBackends: true)).TotalTokens);
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public void Processes_must_overlap_for_half_of_the_shortest(double start, bool verified)
    {
        var run = SampleRun.Gpus();
        var late = run.Processes[1] with { Process = run.Processes[1].Process with { WindowStartS = start, WindowEndS = start + 10 } };

        var result = Aggregator.Aggregate(run with { Processes = [run.Processes[0], late] }, Strict);

        Assert.Equal(verified, result.Aggregation.TemporalOverlapVerified);
        Assert.Equal(!verified, result.Findings.Any(f => f.Code == "processes_not_concurrent"));
        Assert.Equal(start + 10 - 20, result.InferenceMetrics.InferenceTimeSec);
    }

    [Fact]
    public void What_is_missing_is_an_error_when_strict_and_a_finding_when_not()
    {
        var run = SampleRun.Gpus();
        run = run with { Processes = [run.Processes[0]], Skipped = [new SkippedFile("process_1.json", "torn")], Unmarked = [1] };

        Assert.Contains("process_1.json: torn", Assert.Throws<LemException>(() => Aggregator.Aggregate(run, Strict)).Message, StringComparison.Ordinal);
        var result = Aggregator.Aggregate(run, Lenient);
        Assert.False(result.Aggregation.Complete);
        Assert.Equal(FindingSeverity.Invalid, Assert.Single(result.Findings, f => f.Code == "incomplete").Severity);
    }

    [Fact]
    public void Totals_that_disagree_with_the_request_lines_are_told()
    {
        var run = SampleRun.Cpu();
        var process = run.Processes[0];
        run = run with { Processes = [process with { Requests = [.. process.Requests.Skip(1)] }] };

        Assert.Contains(Aggregator.Aggregate(run, Strict).Findings, f => f.Code == "request_lines_disagree");
    }

    [Fact]
    public void A_request_that_misses_an_objective_is_not_good()
    {
        var run = SampleRun.Gpus();
        run = run with { Experiment = run.Experiment with { Objectives = new LatencyObjectives(E2eMs: 999) } };

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Equal(0, result.LatencyStats.Goodput);
        Assert.Equal("no_good_request", Why(result, "latency_stats.joules_per_good_request"));
    }

    [Fact]
    public void Every_null_has_its_reason()
    {
        foreach (var run in (RawRun[])[SampleRun.Cpu(), SampleRun.Gpus(), SampleRun.Bare()])
        {
            var result = Aggregator.Aggregate(run, Lenient);
            var told = result.Unavailable.Select(u => u.Path).ToHashSet();
            var tree = Assert.IsType<JsonObject>(JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult));

            Assert.Empty(NullFields.In(tree).Except(told));
            Assert.Empty(told.Except(NullFields.In(tree)));
            Assert.Empty(result.Unavailable.Where(u => u.Reason == Aggregator.UnknownReason).Select(u => u.Path));
        }
    }

    [Fact]
    public void What_is_unknown_is_null_and_never_zero()
    {
        var result = Aggregator.Aggregate(SampleRun.Bare(), Lenient);

        Assert.Null(result.TotalEnergyJ);
        Assert.Null(result.TotalFlops);
        Assert.Null(result.EnergyMetrics.JoulesPerOutputToken);
        Assert.Null(result.LatencyStats.Ttft.Mean);
        Assert.Null(result.ExtendedMetrics.GpuUtilisation.SmUtilisationSamples);
        Assert.Null(result.ExtendedMetrics.Batch.NumBatches);
    }

    [Fact]
    public void The_order_of_processes_does_not_matter()
    {
        var processes = Enumerable.Range(0, 4)
            .Select(n => new RawProcessRun(
                SampleRun.Facts(n, []) with { WindowEndS = 30 + n },
                [.. SampleRun.Lines(offset: n / 3.0).Select(r => r with { LastS = r.LastS + n * 0.01 })]))
            .ToArray();
        var experiment = SampleRun.Experiment(processes: 4);
        var expected = Json(new RawRun(experiment, SampleRun.Cpu().Host, processes, [], []));

        Prop.ForAll(
                Gen.Shuffle(processes).ToArbitrary(),
                shuffled => Json(new RawRun(experiment, SampleRun.Cpu().Host, shuffled, [], [])) == expected)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_result_survives_writing_and_reading()
    {
        var json = Json(SampleRun.Gpus());

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ResultsJson.Default.ExperimentResult), ResultsJson.Default.ExperimentResult));
    }

    [Theory]
    [InlineData(false, "phases_not_stamped")]
    [InlineData(true, "phase_shorter_than_sensor_period")]
    public void Phases_without_energy_have_no_method_for_the_same_reason(bool tooShort, string reason)
    {
        var run = SampleRun.Cpu();
        if (tooShort)
            run = run with { Experiment = run.Experiment with { Unavailable = [new("energy_breakdown.prefill_j", reason)] } };

        Assert.Equal(reason, Why(Aggregator.Aggregate(run, Strict), "energy_breakdown.phase_method"));
    }

    static string Json(RawRun run) => JsonSerializer.Serialize(Aggregator.Aggregate(run, Strict), ResultsJson.Default.ExperimentResult);

    static string? Why(ExperimentResult result, string path) => result.Unavailable.SingleOrDefault(u => u.Path == path)?.Reason;
}
