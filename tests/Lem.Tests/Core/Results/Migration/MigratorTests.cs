using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Migration;
using Lem.Core.Results.Storage;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Core.Results.Migration;

/// <summary>The golden trees are written after the older tools' forms, field by field, with numbers they really recorded.</summary>
public class MigratorTests
{
    [Theory]
    [InlineData("lem-2", 1)]
    [InlineData("lem-3", 3)]
    [InlineData("llem", 1)]
    public void Originals_stay_as_they_were_and_migrating_again_changes_nothing(string name, int experiments)
    {
        using var tree = new GoldenTree(name);
        var originals = tree.Hashes();

        Assert.Equal(experiments, tree.Migrate(dryRun: true).Experiments.Count);
        Assert.Equal(originals, tree.Hashes());

        var report = tree.Migrate();
        Assert.Empty(report.Failures);
        Assert.Equal(experiments, report.Experiments.Count);
        var once = tree.Hashes();
        Assert.Empty(originals.Except(once));

        tree.Migrate();
        Assert.Equal(once, tree.Hashes());
    }

    [Theory]
    [InlineData("lem-2", "0437")]
    [InlineData("lem-3", "exp_acceptance")]
    [InlineData("lem-3", "exp_raw")]
    [InlineData("lem-3", "exp_cycles_cycle_1")]
    [InlineData("llem", "gpt2-transformers-142111")]
    public void Every_null_has_its_reason_and_every_source_its_hash(string name, string originalId)
    {
        using var tree = new GoldenTree(name);
        tree.Migrate();

        var result = tree.ResultOf(originalId);

        var fields = Assert.IsType<JsonObject>(JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult));
        Assert.Equal(NullFields.In(fields), result.Unavailable.Select(u => u.Path));
        Assert.All(result.Unavailable, u => Assert.NotEmpty(u.Reason));
        var hashes = tree.Hashes();
        Assert.All(result.Migration!.Sources, source => Assert.Equal(hashes[source.File], source.Sha256));
    }

    [Fact]
    public void Of_the_rewrite_every_recorded_value_is_kept()
    {
        using var tree = new GoldenTree("llem");
        tree.Migrate();

        var result = tree.ResultOf("gpt2-transformers-142111");

        Assert.Equal(228.03882500813023, result.TotalEnergyJ?.Value);
        Assert.Equal(68.95598090375523, result.EnergyBreakdown.AdjustedDriverIdleJ?.Value);
        Assert.Equal(35.94775694444444, Assert.Single(result.Baselines).PowerW?.Value);
        Assert.Equal(4.294965875800699, result.InferenceMetrics.InferenceTimeSec);
        Assert.Equal(4.42539, result.Timestamps.DurationSec, 6);
        Assert.Equal(447.03498363466264, result.InferenceMetrics.TokensPerSecond!.Value, 1e-10);
        Assert.Equal((1920, 1280, 640), (result.TotalTokens, result.InferenceMetrics.InputTokens, result.InferenceMetrics.OutputTokens));
        Assert.Equal(0.3563106640752035, result.EnergyMetrics.JoulesPerOutputToken!.Value, 1e-15);
        Assert.Equal(228.03882500813023 / 1920, result.AvgEnergyPerTokenJ!.Value, 1e-15);
        Assert.Equal(51.53, result.EnergyMetrics.TotalPowerW?.Value ?? 0, 2);
        Assert.Equal(477_848_862_720, result.TotalFlops);
        Assert.Equal(111_257_895_065.56, result.ComputeMetrics.FlopsPerSecond!.Value, 0.01);
        Assert.Equal("2026-04-20T14:21:11.1452370+00:00", result.StartTime.ToString("O"));
        Assert.Equal("9f2c41d07be855a3", result.ConfigHash);
        Assert.Equal((0, 2), (result.CycleIndex, result.CycleCount));
        Assert.Equal("transformers", result.Backend);
        Assert.Equal("0.9.0", result.Migration?.OriginalVersion);
        Assert.Equal("aienergyscore", (string?)result.EffectiveConfig["task"]?["dataset"]);
        Assert.Equal("570.86.10", (string?)result.Environment.Before?["driver"]?["driver"]);
        Assert.Equal(124_439_808, (double?)Finding(result, "migrated_flops_by_parameters").Data?["implied_parameters"]);
        Assert.Equal("parquet_is_not_read", Why(result, "timeseries_path"));
        Assert.Equal("short_measurement_duration", (string?)Finding(result, "migrated_warning").Data?["code"]);

        // Its baseline was subtracted over the energy's own window, which is right.
        Assert.DoesNotContain(result.Findings, f => f.Code == "migrated_baseline_over_more_than_the_window");
        Assert.Equal(69.53621829954773, tree.ResultOf("gpt2-transformers-134149").EnergyBreakdown.AdjustedDriverIdleJ?.Value);
    }

    [Fact]
    public void Cycles_of_a_study_become_cycles_with_statistics()
    {
        using var tree = new GoldenTree("llem");
        var id = Assert.Single(tree.Migrate().Experiments).ExperimentId;

        var statistics = new ResultStore(tree.Results).ReadMultiCycle(id);

        Assert.Equal([$"{id}_c1", $"{id}_c2"], statistics.CycleIds);
        var energy = statistics.Metrics.Single(m => m.Metric == "energy_metrics.total_energy_j");
        Assert.Equal((228.03882500813023 + 218.39261607872805) / 2, energy.Mean!.Value, 1e-9);
    }

    [Fact]
    public void The_acceptance_run_keeps_its_values_and_its_baseline_is_flagged()
    {
        using var tree = new GoldenTree("lem-3");
        tree.Migrate();

        var result = tree.ResultOf("exp_acceptance");

        Assert.Equal(2584.47, result.TotalEnergyJ?.Value);
        Assert.Equal(238.25, result.EnergyBreakdown.AdjustedDriverIdleJ?.Value);
        Assert.Equal(new Watts(42.9), Assert.Single(result.Baselines).PowerW);
        var finding = Finding(result, "migrated_baseline_over_more_than_the_window");
        Assert.Equal(FindingSeverity.Invalid, finding.Severity);
        Assert.Equal(54.69, (double?)finding.Data?["subtracted_s"] ?? 0, 2);
        Assert.Equal(2584.47 - 42.9 * 9.84, (double?)finding.Data?["over_the_window_j"] ?? 0, 6);
        Assert.Contains(result.Findings, f => f.Code == "migrated_baseline_of_gpu_only");

        Assert.Equal((1408, 1024, 384, 4), (result.TotalTokens, result.InferenceMetrics.InputTokens, result.InferenceMetrics.OutputTokens, result.InferenceMetrics.Requests));
        Assert.Equal(1408 / 9.84, result.InferenceMetrics.TokensPerSecond!.Value, 1e-9);
        Assert.Equal(2584.47 / 1408, result.AvgEnergyPerTokenJ!.Value, 1e-12);
        Assert.Equal(30.75, result.LatencyStats.Ttft.Mean);
        Assert.Equal(31.4775, result.LatencyStats.Ttft.P99);
        Assert.Equal((21.5, 4), (result.LatencyStats.ItlTrimmed.Mean, result.LatencyStats.ItlTrimmed.N));
        Assert.Equal((20.5, 8), (result.LatencyStats.Itl.Mean, result.LatencyStats.Itl.N));
        Assert.Equal(2460, result.ExtendedMetrics.RequestLatency.E2eLatencyMeanMs);
        Assert.Equal(484, result.ExtendedMetrics.Memory.TokensPerGbVram);
        Assert.Null(result.ExtendedMetrics.TpotMs);
        Assert.Equal("fp16", result.ComputeMetrics.ComputePrecision);
        Assert.Equal(("parameters", "low"), (result.ComputeMetrics.FlopsMethod, result.ComputeMetrics.FlopsConfidence));
        Assert.Equal(1361.94, result.EnergyMetrics.GpuEnergyJ?.Value);
        Assert.Equal(1107, result.EnergyMetrics.CpuEnergyJ?.Value);
        Assert.Equal(EnergyMethod.Estimated, result.EnergyMetrics.TotalEnergyMethod);
        Assert.Null(result.EnergyMetrics.MeasuredEnergyJ);
        Assert.Equal("acceptance", result.ConfigName);
        Assert.Equal(["quick-test"], result.PresetChain);
    }

    [Fact]
    public void Padded_inputs_and_a_hardware_slowdown_are_noticed()
    {
        using var tree = new GoldenTree("lem-3");
        tree.Migrate();

        var result = tree.ResultOf("exp_acceptance");

        // Four prompts of exactly 256 input tokens.
        Assert.Equal(FindingSeverity.Invalid, Finding(result, "migrated_padding_counted").Severity);
        Assert.True(result.ThermalThrottle.Thermal);
        Assert.Null(result.ThermalThrottle.ThrottleTimestamps);
        Finding(result, "migrated_hw_thermal_missed");
    }

    [Fact]
    public void Four_trackers_that_saw_the_same_machine_are_flagged()
    {
        using var tree = new GoldenTree("lem-2");
        tree.Migrate();

        var result = tree.ResultOf("0437");

        Assert.Equal(92713.887, result.TotalEnergyJ!.Value.Value, 1e-9);
        Assert.Equal(5.658807, result.AvgEnergyPerTokenJ!.Value, 6);
        Assert.Equal(0.005263069 * 3.6e6, result.EnergyMetrics.CpuEnergyJ!.Value.Value, 1e-6);
        var finding = Finding(result, "migrated_energy_of_several_trackers");
        Assert.Equal(FindingSeverity.Invalid, finding.Severity);
        Assert.Equal(92713.887 / 4, (double?)finding.Data?["mean_of_trackers_j"] ?? 0, 6);
        Assert.Contains("trackers_saw_about_the_same", finding.Data?["evidence"]?.AsArray().Select(e => (string?)e) ?? []);
        Assert.Equal(4, result.ProcessResults.Count);
        Assert.Equal(["gpu:0", "gpu:1", "gpu:2", "gpu:3", "cpu:0", "dram:0"], result.EnergyBreakdown.Domains.Select(d => d.Device));
    }

    [Fact]
    public void The_mean_of_the_workers_rates_is_no_system_throughput()
    {
        using var tree = new GoldenTree("lem-2");
        tree.Migrate();

        var result = tree.ResultOf("0437");

        Assert.Equal(4096 / 41.53, result.InferenceMetrics.MeanProcessTokensPerSecond!.Value, 1e-9);
        Assert.Equal(16384 / 41.53, result.InferenceMetrics.TokensPerSecond!.Value, 1e-9);
        Assert.Equal(41.53, result.TotalInferenceTimeSec);
        Finding(result, "migrated_throughput_is_a_mean");
        Finding(result, "migrated_time_zone_unknown");
    }

    [Fact]
    public void What_was_never_aggregated_is_and_a_failed_tracker_is_no_zero()
    {
        using var tree = new GoldenTree("lem-3");
        tree.Migrate();

        var result = tree.ResultOf("exp_raw");

        Assert.Equal(2816, result.TotalTokens);
        Assert.Null(result.TotalEnergyJ);
        Assert.True(result.EnergyTrackingFailed);
        Assert.Equal("energy_tracking_failed", Why(result, "total_energy_j"));
        Assert.Null(result.EnergyMetrics.GpuEnergyJ);
        Assert.Equal([1024 * 2L, 384 * 2L], [result.InferenceMetrics.InputTokens, result.InferenceMetrics.OutputTokens]);
        Finding(result, "migrated_energy_missing");
        Assert.Equal(2, result.Migration?.Sources.Count);
    }

    [Fact]
    public void Cycles_inside_a_multi_cycle_file_are_not_migrated_twice()
    {
        using var tree = new GoldenTree("lem-3");
        var cycles = Assert.Single(tree.Migrate().Experiments, e => e.Windows > 1);

        var statistics = new ResultStore(tree.Results).ReadMultiCycle(cycles.ExperimentId);

        Assert.Equal(3, statistics.NumCycles);
        var energy = statistics.Metrics.Single(m => m.Metric == "energy_metrics.total_energy_j");
        Assert.Equal((2520.0, 20.0), (energy.Mean, energy.Sd));
        Assert.Equal(2520 - 4.302652729911275 * 20 / Math.Sqrt(3), energy.Interval!.Low, 1e-6);
        Assert.Equal(["exp_cycles_multi_cycle.json"], cycles.Sources);
    }

    [Fact]
    public void A_time_series_becomes_ours()
    {
        using var tree = new GoldenTree("lem-3");
        tree.Migrate();
        var result = tree.ResultOf("exp_acceptance");

        var lines = File.ReadAllLines(tree.Results.TimeSeries(result.ExperimentId));

        Assert.Equal("timeseries.csv", result.TimeseriesPath);
        Assert.Equal(TimeSeriesCsv.Header, lines[0] + "\n");
        Assert.Equal("0,measure,gpu:0,130.1,,812.4,60,60,,,0", lines[1]);
        Assert.Equal("0.1001,measure,gpu:0,,,812.4,61,,,,64", lines[2]);
    }

    [Theory]
    [InlineData("\"schema_version\": \"3.0.0\"", "\"schema_version\": \"4.1.0\"", "schema_version 4.1.0")]
    [InlineData("\"schema_version\": \"3.0.0\"", "\"schema_version\": \"3.0.0\", \"producer\": \"other\"", "written by other")]
    [InlineData("\"total_energy_j\": 2584.47,", "\"total_energy_j\": \"much\",", "total_energy_j is not a number")]
    [InlineData("\"total_tokens\": 1408,", "\"total_tokens\": 1.5,", "total_tokens is not a whole number")]
    [InlineData("\"start_time\": \"2026", "\"start_time\": \"yester", "start_time is not an ISO 8601 time")]
    [InlineData("\"start_time\"", "\"start_time\": 1, \"start_time\"", "start_time")]
    [InlineData("\"aggregation\"", "!", "invalid")]
    public void A_file_that_cannot_be_migrated_is_named_and_the_others_are(string original, string replaced, string message)
    {
        using var tree = new GoldenTree("lem-3");
        var path = tree.Results.Result("exp_acceptance");
        File.WriteAllText(path, File.ReadAllText(path).Replace(original, replaced, StringComparison.Ordinal));
        Directory.Delete(Path.Combine(tree.Root, "raw/exp_acceptance"), recursive: true);

        var report = tree.Migrate();

        var failure = Assert.Single(report.Failures);
        Assert.Equal("aggregated/exp_acceptance.json", failure.File);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
        Assert.Equal(2, report.Experiments.Count);
    }

    [Fact]
    public void Without_an_aggregate_that_can_be_read_the_workers_own_files_serve()
    {
        using var tree = new GoldenTree("lem-3");
        File.WriteAllText(tree.Results.Result("exp_acceptance"), "{");

        Assert.Single(tree.Migrate().Failures);
        Assert.Equal(238.25, tree.ResultOf("exp_acceptance").EnergyBreakdown.AdjustedDriverIdleJ?.Value);
    }

    [Fact]
    public void Results_of_lem_and_other_files_are_passed_over()
    {
        using var tree = new GoldenTree("llem");
        tree.Migrate();
        File.WriteAllText(Path.Combine(tree.Root, "notes.json"), "no JSON");

        var again = tree.Migrate();

        Assert.Single(again.Experiments);
        Assert.Empty(again.Failures);
    }

    [Fact]
    public void Nothing_at_all_is_an_error() =>
        Assert.Throws<LemException>(() => new Migrator(Path.Combine(Path.GetTempPath(), "lem-no-such-folder"), new ResultsDirectory("x"), "test").Run(dryRun: true));

    static Finding Finding(ExperimentResult result, string code) => Assert.Single(result.Findings, f => f.Code == code);

    static string? Why(ExperimentResult result, string path) => result.Unavailable.SingleOrDefault(u => u.Path == path)?.Reason;
}
