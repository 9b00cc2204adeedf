using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Metrics;
using Lem.Core.Results.Raw;
using Lem.Core.Results.Storage;

namespace Lem.Core.Results.Aggregation;

/// <summary>
/// Late aggregation: raw facts of one window → its result. Pure and idempotent: the same raw files give the same figures, at any time, in any
/// order of processes.
/// </summary>
public static class Aggregator
{
    /// <exception cref="LemException">
    /// Two processes claim one device; backends differ; nothing is left to aggregate; or, when strict, something is missing or torn.
    /// </exception>
    public static ExperimentResult Aggregate(RawRun run, AggregationOptions options)
    {
        run = run with { Processes = [.. run.Processes.OrderBy(p => p.Process.ProcessIndex)] };
        List<RawProcess> processes = [.. run.Processes.Select(p => p.Process)];
        var record = Verify(run, processes, options);

        var reasons = new Reasons();
        var energy = new EnergySection(run, reasons);
        StandingReasons.Tell(run, energy.WhyNoTotal, reasons);
        var requests = new LatencyCollector(run.Experiment.Objectives);
        var steady = new SteadySection(run.Host);
        var failed = new FailedRequests();
        foreach (var request in run.Processes.SelectMany(process => process.Requests))
        {
            requests.Add(request);
            steady.Add(request);
            failed.Add(request);
        }

        var latency = LatencySection.Of(requests, run.Experiment.Objectives, energy.Total, InferenceSection.UnionWindowSec(processes), reasons);
        var inference = InferenceSection.Of(processes, requests, latency.Ttft.Mean, reasons);
        var load = LoadSection.Of(run.Experiment, requests, inference.InferenceTimeSec, reasons);
        var compute = ComputeSection.Of(run, processes, inference, reasons);
        var energyMetrics = energy.Metrics(inference, compute.FlopsTotal);
        reasons.Because("total_energy_j", energy.WhyNoTotal);
        reasons.Because("avg_tokens_per_second", reasons.Of("inference_metrics.tokens_per_second"));
        reasons.Because("avg_energy_per_token_j", reasons.Of("energy_metrics.joules_per_token"));

        var experiment = run.Experiment;
        var identity = experiment.Identity;
        var result = new ExperimentResult(
            ExperimentResult.Schema,
            ExperimentResult.Lem,
            experiment.LemVersion,
            ExperimentId.OfWindow(identity.ExperimentId, identity.CycleIndex, identity.CycleCount),
            identity.ConfigName,
            identity.ModelName,
            identity.ModelRevision,
            identity.Synthetic,
            identity.Backend,
            identity.BackendVersion,
            identity.ImageDigest,
            identity.ConfigHash,
            identity.Campaign,
            identity.CycleIndex,
            identity.CycleCount,
            experiment.StartTime,
            experiment.EndTime,
            experiment.Window,
            inference.TotalTokens,
            energy.Total,
            inference.InferenceTimeSec,
            inference.TokensPerSecond,
            energyMetrics.JoulesPerToken,
            compute.FlopsTotal,
            energy.Total is null,
            experiment.Partial,
            inference,
            energyMetrics,
            energy.Breakdown(),
            compute,
            latency,
            ExtendedSection.Of(run, processes, inference, energyMetrics, latency, reasons),
            run.Host?.ThermalThrottle ?? new ThermalThrottleInfo(),
            energy.Total is null && experiment.WarmupResult is { } warmup ? warmup with { EnergyJ = null } : experiment.WarmupResult,
            steady.Result(reasons, energy.WhyNoTotal),
            experiment.Baselines,
            experiment.Phases,
            experiment.Environment,
            experiment.Model,
            Dataset(experiment.Dataset, requests),
            experiment.Configuration.EffectiveConfig,
            experiment.Configuration.ParameterProvenance,
            experiment.Configuration.PresetChain,
            experiment.Configuration.CliOverrides,
            experiment.Configuration.ConfigWarnings,
            experiment.EngineEffective,
            run.Host?.Overhead ?? new MeasurementOverhead(),
            run.Host?.Sampling ?? [],
            experiment.TimeseriesPath,
            record,
            [.. processes.Select(Process)],
            [.. experiment.Findings, .. AggregationFindings.Of(run, record, energy, requests, failed, inference), .. LoadFindings.Of(load, latency)],
            [],
            energy.Total is null && experiment.ModelLoad is { } loading ? loading with { LoadJ = null } : experiment.ModelLoad ?? new ModelLoad(),
            load);
        return result with { Unavailable = Unavailable(result, reasons) };
    }

    static AggregationRecord Verify(RawRun run, List<RawProcess> processes, AggregationOptions options)
    {
        var id = run.Experiment.Identity.ExperimentId;
        var gaps = AggregationChecks.Gaps(run);
        if (options.Strict && gaps.Count > 0)
            throw new LemException($"{id} is not complete: {string.Join("; ", gaps)}", "Aggregate what there is with --no-strict, or measure it again; an experiment that is still unfinished is continued by lem resume.");
        if (processes.Count == 0)
            throw new LemException($"{id} has no process file that can be read", "Nothing was measured that could be aggregated; run it again.");
        if (AggregationChecks.SharedDevices(processes) is { Count: > 0 } shared)
            throw new LemException($"{id}: more than one process claims {string.Join(", ", shared)}", "Energy cannot be attributed; give each process its own GPUs.");
        if (!options.AllowMixedBackends && AggregationChecks.Backends(processes) is { Count: > 1 } backends)
            throw new LemException($"{id} mixes the backends {string.Join(", ", backends)}", "Aggregate them with --allow-mixed-backends if that is meant.");

        var overlap = AggregationChecks.Overlap(processes);
        List<string> warnings = [.. gaps];
        if (!(overlap >= AggregationChecks.SmallestOverlap))
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"processes ran together for {overlap ?? 0:P0} of the shortest one's time only"));
        return new AggregationRecord(
            "sum_energy_union_window",
            processes.Count,
            run.Experiment.Processes,
            overlap >= AggregationChecks.SmallestOverlap,
            overlap,
            true,
            gaps.Count == 0,
            run.Skipped,
            warnings);
    }

    static DatasetCharacteristics Dataset(DatasetRecord dataset, LatencyCollector requests) => new(
        dataset.Name,
        dataset.Revision,
        dataset.Prompts,
        dataset.TruncatedPrompts,
        dataset.PromptSetSha256,
        requests.InputLengths.Summarise(),
        requests.OutputLengths.Summarise());

    static ProcessResult Process(RawProcess process) => new(
        process.ProcessIndex,
        process.ProcessId,
        process.Backend,
        process.BackendVersion,
        process.Devices,
        process.WindowStartS,
        process.WindowEndS,
        process.Totals,
        InferenceSection.TokensPerSecond(process),
        process.PrefillSec,
        process.DecodeSec,
        process.Flops,
        process.Memory,
        process.KvCache,
        process.EngineStatistics,
        process.EnergyMeasurementWarning);

    static List<Unavailable> Unavailable(ExperimentResult result, Reasons reasons)
    {
        var tree = JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult) as JsonObject ?? [];
        return [.. NullFields.In(tree).Select(path => new Unavailable(path, reasons.Of(path) ?? UnknownReason))];
    }

    /// <summary>Stands where nobody said why: a defect, which a test looks for.</summary>
    internal const string UnknownReason = "reason_not_recorded";
}
