using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Raw;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Batching;

namespace Lem.Measurement.Experiments;

/// <summary>Puts the facts of one measured window into the form in which they are kept. Computes no statistics: those come later, from these.</summary>
sealed class WindowFacts(
    ExperimentPlan plan, ExperimentInput input, ExperimentParts parts, ExperimentJournal journal, WindowContext context, WindowOutcome outcome, int cycle)
{
    readonly ExperimentConfig _config = input.Config;
    readonly ExperimentClock _clock = journal.Clock;

    /// <summary>Energy is not worth comparing below this: sensors update some ten times in it (Zeus recommends five seconds and more).</summary>
    const double ShortWindowSeconds = 5;

    /// <summary>The window was cut short: kept, but not counted as measured.</summary>
    public bool Partial => outcome.Interrupted || outcome.EngineFailure is not null;

    public RawExperiment Experiment(EnvironmentSnapshot after, IReadOnlyList<BaselineRecord> baselines, WindowEnergies energies)
    {
        var window = parts.Time.GetElapsedTime(outcome.Open, outcome.Close);
        if (window.TotalSeconds < ShortWindowSeconds)
            journal.Raise(WindowShort(window.TotalSeconds), cycle + 1);
        var load = Load(energies);
        return new(
            RawExperiment.Schema,
            "lem",
            plan.LemVersion,
            new(
                plan.ExperimentId, _config.ConfigName, cycle, plan.Cycles, _config.ModelName, context.Model.Engine.ModelRevision ?? _config.ModelRevision,
                context.Model.Engine.Name, context.Model.Engine.Version, context.Model.Engine.ImageDigest, plan.ConfigHash, context.Model.Engine.Synthetic, plan.Campaign),
            new(plan.Effective, plan.Provenance, plan.PresetChain, plan.CliOverrides, plan.ConfigWarnings),
            _clock.StartTime,
            _clock.Label(_clock.Now),
            new(_clock.Label(outcome.Open), _clock.Label(outcome.Close), window.TotalSeconds),
            new(EnvironmentJson.ToJson(context.Before), EnvironmentJson.ToJson(after)),
            baselines,
            context.Model.Warmup is { } warmup ? warmup with { EnergyJ = energies.Of(ExperimentPhase.Warmup, "warmup_result.energy_j") } : null,
            Phases(),
            context.Model.Engine.Effective,
            Model(),
            new(input.Prompts.Source, input.Prompts.Revision, input.Prompts.Measured.Count, context.Model.Workload.Truncated, plan.PromptSetSha256),
            new(_config.Slo.TtftMs, _config.Slo.TpotMs, _config.Slo.E2eMs),
            _config.Energy.CarbonIntensityGPerKwh is { } grams ? new(grams, _config.Energy.Pue, "configuration") : null,
            Processes: 1,
            Partial,
            _config.Timeseries is { Enabled: true, Save: true } ? WindowFiles.TimeSeriesName : null,
            journal.FindingsOf(cycle + 1),
            Unavailable(energies),
            load,
            LoadShapes.Record(_config, outcome.Shape, plan.Seed));
    }

    ModelLoad? Load(WindowEnergies energies) => journal.Last(ExperimentPhase.Load) is { Start: var start, End: var end }
        ? new(
            parts.Time.GetElapsedTime(start, end).TotalSeconds, energies.Of(ExperimentPhase.Load, "model_load.load_j"),
            _config.ForceColdStart, context.Model.PageCache.Word, context.Model.PageCache.ResidentFraction)
        : null;

    /// <summary>Energy of each phase so far, on every device.</summary>
    IReadOnlyList<PhaseRecord> Phases() =>
    [
        .. journal.PhasesOf(cycle + 1).Select(span => new PhaseRecord(
            ExperimentJournal.NameOf(span.Phase),
            _clock.Seconds(span.Start),
            parts.Time.GetElapsedTime(span.Start, span.End).TotalSeconds,
            [
                .. WindowEnergy.Compute(parts.Meter.Trace, span.Start, span.End).Select(e =>
                    new PhaseEnergy(e.Channel.Domain, e.Channel.Device, e.Energy, e.Method, e.Reason)),
            ])),
    ];

    public RawHost Host(WindowEnergies energies, (ThermalThrottleInfo Info, IReadOnlyList<GpuTelemetry> Gpus) throttling, MeasurementOverhead overhead)
    {
        var domains = energies.Domains();
        return new(
            RawExperiment.Schema,
            plan.ExperimentId,
            Environment.MachineName,
            domains,
            energies.Quality(),
            throttling.Gpus,
            throttling.Info,
            overhead,
            energies.Of(ExperimentPhase.Load, "energy_breakdown.load_j"),
            energies.Of(ExperimentPhase.Warmup, "energy_breakdown.warmup_j"),
            RawRecords.PhaseMethod(domains),
            WindowSteadyState.Of(outcome, _config.Batching, energies, parts.Time));
    }

    /// <summary>What the requests answered, as lines of outputs_&lt;N&gt;.jsonl.</summary>
    public async Task<IReadOnlyList<string>> OutputLinesAsync()
    {
        var lines = new List<string>(outcome.Requests.Count);
        foreach (var trace in outcome.Requests)
            lines.Add(OutputLine(trace, trace.Text ?? await parts.Engine.DetokenizeAsync([.. trace.TokenIds], CancellationToken.None) ?? ""));
        return lines;
    }

    string OutputLine(RequestTrace trace, string text)
    {
        var redacted = parts.Redact(text);
        return new JsonObject
        {
            ["i"] = trace.Order,
            ["prompt"] = trace.Request.Index,
            ["text"] = redacted,
            // The tokens would spell the secret; and engines that answer in text name none.
            ["tokens"] = redacted == text && trace.Text is null ? new JsonArray([.. trace.TokenIds.ToArray().Select(id => (JsonNode)id)]) : null,
        }.ToJsonString();
    }

    public RawProcess Process(string requestsSha256, long requestLines, FlopsRecord flops, EngineCounts counts)
    {
        var memory = parts.Engine.Memory();
        var requests = outcome.Requests;
        var failed = requests.Count(r => r.Failure is not null);
        return new(
            RawExperiment.Schema,
            plan.ExperimentId,
            ProcessIndex: 0,
            Environment.ProcessId,
            context.Model.Engine.Name,
            context.Model.Engine.Version,
            EngineGpus.DevicesOf(context.Model.Engine, parts.CudaGpus),
            _clock.Seconds(outcome.Open),
            _clock.Seconds(outcome.Close),
            new(
                requests.Count, failed, requests.Sum(r => (long)r.InputTokens), requests.Sum(r => (long)r.OutputTokens),
                context.Model.Engine.Execution.PadsRows ? null : 0,
                outcome.Shape is null ? outcome.Batches.Count : null, outcome.Shape is null ? BatchBound.Rows(_config) : null),
            requestLines,
            requestsSha256,
            PhaseSeconds(b => (b.Start, b.PrefillEnd)),
            PhaseSeconds(b => (b.PrefillEnd, b.End)),
            flops,
            new(memory.PeakBytes, memory.ModelBytes, memory.CacheBytes, memory.WorkspaceBytes, Reason: null),
            counts.KvCache ?? KvCache(),
            counts.Statistics);
    }

    // All rows of a batch are in the cache at once; the last token of each is chosen and never computed.
    KvCacheStatistics? KvCache()
    {
        if (context.Model.Engine.CacheBlocks is not { } total)
            return null;
        var used = WindowFlops.Batches(outcome).Select(batch => batch.Sum(row => (long)row.Input + Math.Max(0, row.Output - 1))).DefaultIfEmpty().Max();
        return new(HitTokens: null, QueryTokens: null, used, total);
    }

    ModelFacts Model()
    {
        var model = context.Model.Engine.Model;
        return new(model?.Summary, model?.Parameters?.Total, model?.Parameters?.NonEmbedding, parts.Engine.Memory().ModelBytes, model?.WeightPrecision, context.Model.Engine.ComputePrecision);
    }

    double? PhaseSeconds(Func<BatchSpan, (long? Start, long? End)> phase)
    {
        double? seconds = null;
        foreach (var batch in outcome.Batches)
            if (phase(batch) is ({ } start, { } end))
                seconds = (seconds ?? 0) + parts.Time.GetElapsedTime(start, end).TotalSeconds;
        return seconds;
    }

    static Finding WindowShort(double seconds) => new(
        "window_short",
        FindingSeverity.Warning,
        $"the measured window lasted {seconds:0.0} s: energy is unreliable below {ShortWindowSeconds:0} s",
        "measure",
        "Run more prompts (-n) or longer outputs (--max-tokens), or more cycles (--cycles).",
        new() { ["window_s"] = seconds, ["limit_s"] = ShortWindowSeconds });

    List<Unavailable> Unavailable(WindowEnergies energies)
    {
        var reasons = energies.Unavailable.ToList();
        foreach (var reason in parts.Unavailable)
            reasons.Add(reason.Domain == EnergyDomain.Gpu
                ? new("energy_metrics.gpu_energy_j", $"{reason.Code}: {reason.Message}")
                : new("energy_metrics.measured_energy_j", $"{reason.Code}: {reason.Message}"));
        return reasons;
    }
}
