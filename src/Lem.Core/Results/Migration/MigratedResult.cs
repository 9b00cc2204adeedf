using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Metrics;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>A window that an older tool recorded → a result of this one. Pure: the same files give the same result.</summary>
static class MigratedResult
{
    const string NotRecorded = "not_recorded_by_the_older_tool";

    /// <summary>Id of the experiment: its start, its name, and eight digits of the hash of its files.</summary>
    public static string IdOf(OldRun run, IEnumerable<MigrationSource> sources)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(sources.Select(source => source.Sha256))));
        return ExperimentId.Of(run.ConfigName, run.Start, Convert.ToHexStringLower(hash)[..8]);
    }

    /// <param name="experimentId">Equal in all its cycles.</param>
    public static ExperimentResult Of(OldRun run, string experimentId, string lemVersion)
    {
        var inference = Inference(run);
        var energy = Energy(run, inference);
        Explain(run);
        var result = new ExperimentResult(
            ExperimentResult.Schema,
            ExperimentResult.Lem,
            lemVersion,
            ExperimentId.OfWindow(experimentId, run.CycleIndex, run.CycleCount),
            run.ConfigName,
            run.ModelName,
            null,
            false,
            run.Backend,
            run.BackendVersion,
            null,
            run.ConfigHash,
            null,
            run.CycleIndex,
            run.CycleCount,
            run.Start,
            run.End,
            run.Window,
            run.TotalTokens,
            run.Total,
            run.InferenceSec,
            inference.TokensPerSecond,
            energy.JoulesPerToken,
            run.Flops,
            run.Total is null,
            false,
            inference,
            energy,
            Breakdown(run),
            Compute(run),
            run.Latency,
            run.Extended,
            run.Throttle,
            run.Warmup,
            run.SteadyState,
            Baselines(run),
            [],
            run.Environment,
            new ModelFacts(null, null, null, null, null, run.Precision),
            Dataset(run),
            run.EffectiveConfig,
            run.Provenance,
            run.PresetChain,
            run.CliOverrides,
            run.ConfigWarnings,
            null,
            new MeasurementOverhead(),
            [],
            run.TimeseriesPath,
            run.Aggregation,
            run.Processes,
            run.Findings,
            [],
            Migration: new MigrationRecord(Words(run.Form), run.OriginalId, run.Schema, run.OriginalVersion, run.Sources, [.. run.Derived.Order(StringComparer.Ordinal)]));
        var tree = JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult) as JsonObject ?? [];
        return result with { Unavailable = [.. NullFields.In(tree).Select(path => new Unavailable(path, run.Reasons.Of(path) ?? NotRecorded))] };
    }

    static string Words(OldForm form) => form switch
    {
        OldForm.Lem2 => "lem_2",
        OldForm.Lem3 => "lem_3",
        _ => "llem_3",
    };

    static InferenceMetrics Inference(OldRun run)
    {
        var rate = Efficiency.Rate(run.TotalTokens, run.InferenceSec);
        run.Derived.AddRange(["inference_metrics.output_tokens_per_second", "inference_metrics.effective_throughput"]);
        return new InferenceMetrics(
            run.TotalTokens,
            run.InputTokens,
            run.OutputTokens,
            run.InferenceSec,
            rate,
            run.OutputTokens > 0 ? Efficiency.Rate(run.OutputTokens, run.InferenceSec) : null,
            rate,
            run.MeanProcessTokensPerSecond,
            run.Requests ?? 0,
            0,
            rate > 0 ? 1000 / rate : null,
            run.Latency.Ttft.Mean,
            new PhaseSpeed(null, null),
            new PhaseSpeed(null, null));
    }

    static EnergyMetrics Energy(OldRun run, InferenceMetrics inference)
    {
        var seconds = run.Window.DurationSec;
        Watts? power = run.Total is { } total && seconds > 0 ? new Watts(total.Value / seconds) : null;
        run.Derived.AddRange(["energy_metrics.total_power_w", "energy_metrics.joules_per_request", "energy_metrics.flops_per_joule", "energy_metrics.watts_per_token_per_second"]);
        var perToken = Efficiency.JoulesPer(run.Total, run.TotalTokens);
        return new EnergyMetrics(
            run.Total,
            run.Method,
            null,
            null,
            null,
            run.Gpu,
            run.Cpu,
            run.Ram,
            power,
            run.GpuPower,
            run.CpuPower,
            null,
            seconds,
            run.EmissionsKg,
            Efficiency.JoulesPer(run.Total, run.OutputTokens),
            null,
            perToken,
            perToken,
            Efficiency.TokensPerJoule(run.TotalTokens, run.Total),
            Efficiency.JoulesPer(run.Total, run.Requests ?? 0),
            Efficiency.FlopsPerJoule(run.Flops, run.Total),
            Efficiency.WattsPerTokenPerSecond(power, inference.TokensPerSecond));
    }

    static EnergyBreakdown Breakdown(OldRun run) => new(
        run.Total, null, run.AboveDriverIdle, null, [], null, run.BaselineMethod, run.BaselineAgeSec, run.Domains, null, null, null, null, null);

    static ComputeMetrics Compute(OldRun run) => new(
        run.Flops,
        null,
        null,
        null,
        null,
        Efficiency.Rate(run.Flops, run.TotalTokens),
        Efficiency.Rate(run.Flops, run.InferenceSec),
        run.FlopsMethod,
        run.FlopsConfidence,
        run.Precision,
        null,
        run.PeakMemoryMb,
        run.ModelMemoryMb,
        run.PeakMemoryMb - run.ModelMemoryMb is >= 0 and var rest ? rest : null);

    static BaselineRecord[] Baselines(OldRun run) => run.DriverIdle is null ? [] :
        [new BaselineRecord(BaselineKind.DriverIdle, EnergyDomain.Gpu, "gpu", run.DriverIdle, null, 0, null, null, run.BaselineMethod, run.BaselineAgeSec, null)];

    static DatasetCharacteristics Dataset(OldRun run)
    {
        var none = new LengthDistribution(0, null, null, null, null, null, null, []);
        return new DatasetCharacteristics("unknown", null, (int)Math.Min(run.Requests ?? 0, int.MaxValue), null, null, none, none);
    }

    static void Explain(OldRun run)
    {
        var reasons = run.Reasons;
        reasons.Because("total_energy_j", run.WhyNoTotal);
        reasons.Because("energy_metrics", run.WhyNoTotal);
        reasons.Because("energy_breakdown.raw_j", run.WhyNoTotal);
        reasons.Because("energy_metrics.adjusted_energy_j", ContextIdle);
        reasons.Because("energy_metrics.adjusted_joules_per_output_token", ContextIdle);
        foreach (var field in (string[])["adjusted_j", "adjusted_raw_j", "baseline_power_w"])
            reasons.Because($"energy_breakdown.{field}", ContextIdle);
        reasons.Because("compute_metrics.flops_useful", "useful_and_executed_are_not_told_apart");
        reasons.Because("compute_metrics.flops_executed", "useful_and_executed_are_not_told_apart");
        reasons.Because("extended_metrics.tpot_ms", "defined_otherwise: latency_stats.itl_trimmed.mean");
        reasons.Because("thermal_throttle.throttle_timestamps", "clock_readings_without_their_zero");
        if (run.OutputTokens == 0)
        {
            reasons.Because("inference_metrics.output_tokens_per_second", "input_and_output_tokens_are_not_told_apart");
            reasons.Because("energy_metrics.joules_per_output_token", "input_and_output_tokens_are_not_told_apart");
        }
    }

    const string ContextIdle = "idle_was_measured_before_loading_only: energy_breakdown.adjusted_driver_idle_j";
}
