using Lem.Core.Configuration.Output;
using Lem.Core.Results.Aggregation;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>
/// Reads an experiment of the predecessor, schema 2.x or 3.0.0: its aggregate with the workers inside, or the workers' own files where it was
/// never aggregated. Sums are the predecessor's: right or wrong, its values stay; what is wrong with them becomes findings.
/// </summary>
/// <param name="aggregate">aggregated/&lt;id&gt;.json, or one of a multi-cycle file's cycle_results; null where there is none.</param>
sealed class LemReader(OldForm form, string schema, OldDocument? aggregate, IReadOnlyList<OldProcess> processes, IReadOnlyList<MigrationSource> sources)
{
    const string Several = "sum_energy_avg_throughput";

    readonly OldDocument _first = aggregate ?? processes[0].Document;
    readonly OldDocument _worker = processes.Count > 0 ? processes[0].Document : aggregate!; // one of them is there
    readonly Reasons _reasons = new();
    readonly List<string> _derived = [];

    /// <param name="timeseries">Name of the time series beside ours, where there is one.</param>
    public OldRun Read(string originalId, int cycleIndex = 0, int cycleCount = 1, string? timeseries = null)
    {
        var start = aggregate?.Time("start_time") ?? processes.Min(p => p.Start);
        var end = aggregate?.Time("end_time") ?? processes.Max(p => p.End);
        var config = _worker.Part("effective_config") ?? new OldDocument(default);
        var (total, whyNot) = Total();
        var seconds = InferenceSec();
        var extended = aggregate?.Part("extended_metrics") ?? _worker.Part("extended_metrics");
        var precision = OldFlops.Known(_worker.Text("compute_metrics.compute_precision"));
        var latency = OldLatency.Of(aggregate?.Part("latency_stats"), extended, [.. processes.Select(p => p.Document)], _reasons);
        var backend = _first.Text("backend") ?? "pytorch";

        // Start and end span loading and warm-up too; the work ended last.
        _derived.AddRange(["timestamps", "inference_metrics.inference_time_sec"]);
        var run = new OldRun
        {
            Form = form,
            Schema = schema,
            Sources = sources,
            OriginalId = originalId,
            ConfigName = _worker.Text("config_name") ?? config.Text("config_name") ?? originalId,
            ModelName = _worker.Text("model_name") ?? config.Text("model_name") ?? "unknown",
            Backend = backend,
            BackendVersion = _first.Text("backend_version"),
            ConfigHash = ConfigHash.Of(_worker.Copy("effective_config")),
            CycleIndex = cycleIndex,
            CycleCount = cycleCount,
            Start = start,
            End = end,
            Window = new Timestamps(Before(end, seconds), end, seconds),
            InferenceSec = seconds,
            TotalTokens = aggregate?.Count("total_tokens") ?? processes.Sum(p => p.TotalTokens),
            InputTokens = processes.Sum(p => p.InputTokens),
            OutputTokens = processes.Sum(p => p.OutputTokens),
            Requests = Requests(extended, config),
            MeanProcessTokensPerSecond = aggregate?.Number("avg_tokens_per_second") ?? processes.Select(p => p.TokensPerSecond).Average(),
            Total = total,
            WhyNoTotal = whyNot,
            Method = total is not null && processes.Any(p => p.RamEnergyJ is not null) ? EnergyMethod.Estimated : null,
            Gpu = Sum(p => p.GpuEnergyJ),
            Cpu = Sum(p => p.CpuEnergyJ),
            Ram = Sum(p => p.RamEnergyJ),
            GpuPower = Power("gpu_power_w"),
            CpuPower = Power("cpu_power_w"),
            EmissionsKg = Positives("energy_metrics.emissions_kg_co2"),
            AboveDriverIdle = Adjusted(),
            DriverIdle = Breakdown?.Positive("baseline_power_w") is { } watts ? new Watts(watts) : null,
            BaselineMethod = Breakdown?.Text("baseline_method"),
            BaselineAgeSec = Breakdown?.Number("baseline_cache_age_sec"),
            Domains = [.. OldDomains.Of(processes)],
            Flops = aggregate?.Positive("total_flops") ?? Positives("compute_metrics.flops_total"),
            FlopsMethod = OldFlops.Method(_worker.Text("compute_metrics.flops_method")),
            FlopsConfidence = OldFlops.Known(_worker.Text("compute_metrics.flops_confidence")),
            Precision = precision,
            PeakMemoryMb = Positives("compute_metrics.peak_memory_mb"),
            ModelMemoryMb = Positives("compute_metrics.model_memory_mb"),
            Latency = latency,
            Extended = OldExtended.Of(extended, precision, latency, _reasons),
            Throttle = OldConditions.Throttle(Throttle),
            Warmup = OldConditions.Warmup(_worker.Part("warmup_result")),
            Environment = OldConditions.Environment(Environment, null),
            EffectiveConfig = _first.Copy("effective_config"),
            Provenance = _first.Copy("parameter_provenance"),
            CliOverrides = _first.Copy("cli_overrides"),
            PresetChain = _first.Texts("preset_chain"),
            ConfigWarnings = _first.Texts("config_warnings"),
            Aggregation = Aggregation(),
            Processes = [.. processes.Select(p => p.Result(start))],
            TimeseriesPath = timeseries,
            Reasons = _reasons,
            Derived = _derived,
        };
        return run with { Findings = [.. Findings(run, config)] };
    }

    OldDocument? Breakdown => aggregate?.Part("energy_breakdown") ?? (processes.Count == 1 ? _worker.Part("energy_breakdown") : null);

    OldDocument? Throttle => aggregate?.Part("thermal_throttle") ?? _worker.Part("thermal_throttle");

    OldDocument? Environment => aggregate?.Part("environment") ?? _worker.Part("environment");

    IEnumerable<Finding> Findings(OldRun run, OldDocument config) =>
    [
        .. EnergyDoubts.Of(run, processes, Environment?.Positive("thermal.power_limit_w")),
        .. Breakdown?.Number("adjusted_j") == 0 && run.Total is not null ? [Clipped] : Array.Empty<Finding>(),
        .. WorkDoubts.Of(run, processes, config),
        .. RecordDoubts.Of(run, Throttle, _worker.Part("warmup_result"), HasTimeZone()),
        .. processes.Select(p => p.Document.Text("energy_measurement_warning")).OfType<string>().Distinct().Select(Mig),
    ];

    static Finding Clipped { get; } = new(
        "migrated_adjusted_clipped",
        FindingSeverity.Warning,
        "The energy above idle was negative and was recorded as zero; here it is null.",
        Hint: "More idle was subtracted than was used: see the gross energy.");

    static Finding Mig(string warning) => new("energy_measurement_warning", FindingSeverity.Warning, warning);

    (Joules? Total, string? WhyNot) Total()
    {
        if (aggregate?.Flag("energy_tracking_failed") == true || processes.Any(p => p.Document.Flag("energy_tracking_failed") == true))
            return (null, "energy_tracking_failed");
        var sum = aggregate?.Number("total_energy_j") ?? (processes.All(p => p.EnergyJ is not null) ? processes.Sum(p => p.EnergyJ) : null);
        return sum is null or 0 ? (null, "zero_means_not_measured") : (new Joules(sum.Value), null);
    }

    /// <summary>What was clipped at zero is no measurement.</summary>
    Joules? Adjusted()
    {
        var adjusted = Breakdown?.Positive("adjusted_j");
        if (adjusted is null && Breakdown?.Number("adjusted_j") == 0)
            _reasons.Because("energy_breakdown.adjusted_driver_idle_j", "clipped_at_zero_by_the_older_tool");
        return adjusted is null ? null : new Joules(adjusted.Value);
    }

    /// <summary>Workers side by side: the longest one's time. One after another: the sum.</summary>
    double InferenceSec()
    {
        if (processes.Count == 0)
            return aggregate?.Number("total_inference_time_sec") is >= 0 and var told ? told : throw OldDocument.Missing("total_inference_time_sec");
        return Overlap() is { } overlap && overlap >= AggregationChecks.SmallestOverlap ? processes.Max(p => p.InferenceSec) : processes.Sum(p => p.InferenceSec);
    }

    double? Overlap()
    {
        if (processes.Count <= 1)
            return processes.Count;
        var shortest = processes.Min(p => (p.End - p.Start).TotalSeconds);
        var together = (processes.Min(p => p.End) - processes.Max(p => p.Start)).TotalSeconds;
        return shortest > 0 ? Math.Max(together, 0) / shortest : null;
    }

    long? Requests(OldDocument? extended, OldDocument config) =>
        processes.Count > 0 && processes.All(p => p.Requests is not null) ? processes.Sum(p => (long)(p.Requests ?? 0))
        : extended?.Count("request_latency.e2e_latency_samples") is > 0 and var samples ? samples
        : aggregate?.Count("latency_stats.ttft_samples") is > 0 and var streamed ? streamed
        : config.Count("num_input_prompts") is > 0 and var asked ? asked
        : null;

    Joules? Sum(Func<OldProcess, double?> energy) =>
        processes.Count > 0 && processes.All(p => energy(p) is not null) ? new Joules(processes.Sum(p => energy(p) ?? 0)) : null;

    double? Positives(string path)
    {
        List<double?> values = [.. processes.Select(p => p.Document.Positive(path))];
        return values.Count > 0 && values.TrueForAll(v => v is not null) ? values.Sum() : null;
    }

    Watts? Power(string name) => processes.Count == 1 && _worker.Positive($"energy_metrics.{name}") is { } watts ? new Watts(watts) : null;

    AggregationRecord Aggregation()
    {
        var told = aggregate?.Part("aggregation");
        var expected = (int)Math.Min(told?.Count("num_processes") ?? processes.Count, int.MaxValue);
        var overlap = Overlap();
        return new AggregationRecord(
            told?.Text("method") ?? Several,
            processes.Count,
            expected,
            told?.Flag("temporal_overlap_verified") ?? overlap >= AggregationChecks.SmallestOverlap,
            overlap,
            told?.Flag("gpu_attribution_verified") ?? processes.DistinctBy(p => p.Gpu).Count() == processes.Count,
            processes.Count == expected && processes.Select(p => p.Index).Order().SequenceEqual(Enumerable.Range(0, processes.Count)),
            [],
            told?.Texts("warnings") ?? []);
    }

    bool HasTimeZone() => (_first.Text("start_time") ?? _worker.Text("timestamps.start")) is { } text && TimeZones.Has(text);

    static DateTimeOffset Before(DateTimeOffset end, double seconds) =>
        seconds < (end - DateTimeOffset.MinValue).TotalSeconds ? end - TimeSpan.FromSeconds(seconds) : throw OldDocument.Missing("an inference time that fits its end");
}
