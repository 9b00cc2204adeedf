using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results.Migration;

/// <summary>
/// Reads an experiment of the predecessor's rewrite, schema 3.0: result.json, with config.json and environment.json beside it. Its energy is the
/// GPUs' alone, over the measured window; its energy per token counts output tokens, its rate all tokens.
/// </summary>
sealed class LlemReader(OldFile file, OldFile? config, OldFile? environment)
{
    readonly OldDocument _result = file.Content;
    readonly Reasons _reasons = new();
    readonly List<string> _derived = [];

    /// <param name="name">What people call it: model and engine.</param>
    public OldRun Read(string name, int cycleIndex = 0, int cycleCount = 1)
    {
        var start = _result.Time("start_time") ?? throw OldDocument.Missing("start_time");
        var end = _result.Time("end_time") ?? throw OldDocument.Missing("end_time");
        if (end < start)
            throw new JsonException("end_time is before start_time");
        var tokens = _result.Count("total_tokens") ?? throw OldDocument.Missing("total_tokens");
        var total = _result.Positive("total_energy_j") is { } joules ? new Joules(joules) : (Joules?)null;
        var output = OutputTokens(tokens);
        var extended = _result.Part("extended_metrics");
        var latency = OldLatency.Of(_result.Part("latency_stats"), extended, [], _reasons);
        var hardware = environment?.Content.Part("hardware") ?? environment?.Content;
        var version = _result.Text("llenergymeasure_version");
        if (_result.Text("timeseries") is not null)
            _reasons.Because("timeseries_path", "parquet_is_not_read");
        _reasons.Because("energy_metrics.cpu_energy_j", "gpu_energy_only");
        _reasons.Because("energy_metrics.ram_energy_j", "gpu_energy_only");
        _reasons.Because("energy_metrics.total_energy_method", "sampler_not_recorded");
        _derived.AddRange(["inference_metrics.input_tokens", "inference_metrics.output_tokens"]);
        var run = new OldRun
        {
            Form = file.Form,
            Schema = file.Schema ?? "",
            Sources = [.. new[] { file, config, environment }.OfType<OldFile>().Select(f => f.Source)],
            OriginalId = _result.Text("experiment_id") ?? throw OldDocument.Missing("experiment_id"),
            OriginalVersion = version,
            ConfigName = name,
            ModelName = _result.Text("model_name") ?? "unknown",
            Backend = _result.Text("engine") ?? _result.Text("backend") ?? "transformers",
            BackendVersion = _result.Text("engine_version"),
            ConfigHash = _result.Text("measurement_config_hash") ?? throw OldDocument.Missing("measurement_config_hash"),
            CycleIndex = cycleIndex,
            CycleCount = cycleCount,
            Start = start,
            End = end,
            Window = new Timestamps(start, end, (end - start).TotalSeconds),
            InferenceSec = _result.Number("total_inference_time_sec") is >= 0 and var seconds ? seconds : throw OldDocument.Missing("total_inference_time_sec"),
            TotalTokens = tokens,
            InputTokens = output > 0 ? tokens - output : 0,
            OutputTokens = output,
            Requests = extended?.Count("request_latency.e2e_latency_samples") is > 0 and var samples ? samples : null,
            MeanProcessTokensPerSecond = _result.Number("avg_tokens_per_second"),
            Total = total,
            WhyNoTotal = total is null ? "zero_means_not_measured" : null,
            Gpu = total,
            AboveDriverIdle = _result.Number("energy_adjusted_j") is { } above ? new Joules(above) : null,
            DriverIdle = _result.Positive("baseline_power_w") is { } watts ? new Watts(watts) : null,
            BaselineMethod = _result.Text("energy_breakdown.baseline_method"),
            BaselineAgeSec = _result.Number("energy_breakdown.baseline_cache_age_sec"),
            Domains = [.. Domains(total)],
            Flops = _result.Positive("total_flops"),
            FlopsMethod = _result.Has("total_flops") ? "parameters" : null,
            Latency = latency,
            Extended = OldExtended.Of(extended, null, latency, _reasons),
            PeakMemoryMb = extended?.Positive("memory.peak_memory_mb"),
            ModelMemoryMb = extended?.Positive("memory.model_memory_mb"),
            Throttle = OldConditions.Throttle(_result.Part("thermal_throttle")),
            Warmup = OldConditions.Warmup(_result.Part("warmup_result")),
            SteadyState = SteadyState(),
            Environment = OldConditions.Environment(hardware, version),
            EffectiveConfig = config?.Content.Copy() ?? [],
            Aggregation = new AggregationRecord("one_measurement", 1, 1, true, 1, true, true, [], _result.Part("aggregation")?.Texts("warnings") ?? []),
            Reasons = _reasons,
            Derived = _derived,
        };
        return run with { Findings = [.. Findings(run)] };
    }

    IEnumerable<Finding> Findings(OldRun run) =>
    [
        .. EnergyDoubts.Of(run, [], null),
        .. RecordDoubts.Of(run, _result.Part("thermal_throttle"), _result.Part("warmup_result"), _result.Text("start_time") is { } time && TimeZones.Has(time)),
        .. _result.Texts("measurement_warnings").Select(Warning),
    ];

    /// <summary>Its own warnings begin with a code: <c>short_measurement_duration: …</c>.</summary>
    static Finding Warning(string warning) => new(
        "migrated_warning",
        FindingSeverity.Warning,
        warning,
        Data: warning.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? new JsonObject { ["code"] = warning[..colon] } : null);

    /// <summary>It kept only ratios: total FLOPs ÷ FLOPs per output token, else total energy ÷ energy per output token. Zero = neither.</summary>
    long OutputTokens(long total)
    {
        var ratio = _result.Positive("total_flops") / _result.Positive("flops_per_output_token")
            ?? _result.Positive("total_energy_j") / _result.Positive("avg_energy_per_token_j");
        return ratio is { } tokens && Math.Round(tokens) is >= 1 and var rounded && rounded <= total && Math.Abs(tokens - rounded) <= 1e-6 * tokens ? (long)rounded : 0;
    }

    IEnumerable<DomainEnergyRecord> Domains(Joules? total)
    {
        var devices = _result.Numbers("energy_per_device_j");
        if (devices.Count == 0 && total is not null)
            yield return new DomainEnergyRecord(EnergyDomain.Gpu, "gpu", total);
        for (var i = 0; i < devices.Count; i++)
            yield return new DomainEnergyRecord(EnergyDomain.Gpu, string.Create(CultureInfo.InvariantCulture, $"gpu:{i}"), new Joules(devices[i]));
    }

    SteadyState SteadyState() => _result.Numbers("steady_state_window") is [var from, var to] ? new SteadyState(true, from, to) : new SteadyState();
}
