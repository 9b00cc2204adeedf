using System.Globalization;
using Lem.Core.Metrics;
using Lem.Core.Results.Raw;
using Lem.Core.Units;

namespace Lem.Core.Results.Aggregation;

/// <summary>energy_metrics and energy_breakdown: every physical device once, whoever used it.</summary>
sealed class EnergySection
{
    readonly IReadOnlyList<DomainEnergyRecord> _domains;
    readonly List<DomainEnergyRecord> _counted;
    readonly List<DomainEnergyRecord> _known;
    readonly List<DomainEnergyRecord> _measured;
    readonly RawRun _run;
    readonly Reasons _reasons;

    public EnergySection(RawRun run, Reasons reasons)
    {
        _run = run;
        _reasons = reasons;
        _domains = [.. (run.Host?.Domains ?? []).DistinctBy(d => d.Device)];
        var owned = run.Processes.SelectMany(p => p.Process.Devices).Where(IsGpu).ToHashSet(StringComparer.Ordinal);
        NotOwned = owned.Count == 0 ? [] : [.. _domains.Where(d => IsGpu(d.Device) && !owned.Contains(d.Device))];
        _counted = [.. _domains.Except(NotOwned)];

        // Where no process says which GPUs it used, each that was looked for may have worked.
        var working = owned.Count > 0 ? owned : _counted.Select(d => d.Device).Where(IsGpu);
        var missing = working
            .Concat(run.Processes.Any(p => p.Process.Devices.Contains("cpu")) ? Processors() : [])
            .Concat(run.Processes.SelectMany(p => p.Process.Devices).Where(device => device == RawProcess.Elsewhere).Distinct())
            .Where(device => _domains.FirstOrDefault(d => d.Device == device)?.RawJ is null)
            .Order(StringComparer.Ordinal)
            .ToList();
        _known = [.. _counted.Where(d => d.RawJ is not null)];
        _measured = [.. _known.Where(d => d.Method is EnergyMethod.Counter or EnergyMethod.Integrated)];

        // Without a device that did the work, a total would look cheap.
        WhyNoTotal = run.Host is null ? "host_file_unreadable"
            : missing.Count > 0 ? $"energy_unknown_of {string.Join(", ", missing)}"
            : _known.Count == 0 ? "no_energy_source"
            : null;
        Total = WhyNoTotal is null ? Sum(_known, d => d.RawJ) : null;
        Measured = WhyNoTotal is null && _measured.Count > 0 ? Sum(_measured, d => d.RawJ) : null;
        Adjusted = WhyNoTotal is null ? SumIfAll(_measured, d => d.AdjustedJ) : null;
    }

    public string? WhyNoTotal { get; }

    public Joules? Total { get; }

    public Joules? Measured { get; }

    public Joules? Adjusted { get; }

    /// <summary>GPUs that were measured although they took no part: processes own others, and none owns these. In no sum.</summary>
    public IReadOnlyList<DomainEnergyRecord> NotOwned { get; }

    /// <summary>Host domains that exist but are not in the total.</summary>
    public IReadOnlyList<DomainEnergyRecord> LeftOut => [.. _counted.Where(d => d.RawJ is null && d.Domain != EnergyDomain.Gpu)];

    public EnergyMetrics Metrics(InferenceMetrics inference, double? flops)
    {
        var window = _run.Experiment.Window.DurationSec;
        var power = Power(Total, window);
        var tokens = inference.TotalTokens;
        var carbon = _run.Experiment.Carbon;
        ExplainMetrics(inference, flops);
        return new EnergyMetrics(
            Total,
            Total is null ? null : _known.Max(d => d.Method),
            Total is null ? null : SumIfAll(_known, d => d.UncertaintyJ),
            Measured,
            Adjusted,
            OfDomain(EnergyDomain.Gpu),
            OfDomain(EnergyDomain.Cpu),
            OfDomain(EnergyDomain.Dram),
            power,
            Power(OfDomain(EnergyDomain.Gpu), window),
            Power(OfDomain(EnergyDomain.Cpu), window),
            Power(OfDomain(EnergyDomain.Dram), window),
            window,
            carbon is null ? null : Efficiency.EmissionsKg(Total, carbon.GramsPerKwh, carbon.Pue),
            Efficiency.JoulesPer(Total, inference.OutputTokens),
            Efficiency.JoulesPer(Adjusted, inference.OutputTokens),
            Efficiency.JoulesPer(Total, tokens),
            Efficiency.JoulesPer(Total, tokens),
            Efficiency.TokensPerJoule(tokens, Total),
            Efficiency.JoulesPer(Total, inference.Requests - inference.FailedRequests),
            Efficiency.FlopsPerJoule(flops, Total),
            Efficiency.WattsPerTokenPerSecond(power, inference.TokensPerSecond),
            Total is null ? null : SumOfKnown(_known, d => d.SystematicJ));
    }

    public EnergyBreakdown Breakdown()
    {
        var host = _run.Host;
        List<DomainEnergyRecord> adjusted = Adjusted is null ? [] : _measured;
        ExplainBreakdown();
        // Only the power before loading is ever cached; that with the model loaded is measured at every load.
        var baselines = _run.Experiment.Baselines
            .Where(b => b is { Kind: BaselineKind.DriverIdle, PowerW: not null } && adjusted.Any(d => d.Device == b.Device))
            .ToList();
        var methods = baselines.Select(b => b.Method).Distinct().ToList();
        return new EnergyBreakdown(
            Total,
            Adjusted,
            WhyNoTotal is null ? SumIfAll(_measured, d => d.AdjustedDriverIdleJ) : null,
            adjusted.Count > 0 ? Sum(adjusted, d => d.RawJ) : null,
            [.. adjusted.Select(d => d.Device)],
            adjusted.Count > 0 && adjusted.All(d => d.BaselinePowerW is not null)
                ? new Watts(adjusted.Sum(d => d.BaselinePowerW?.Value ?? 0))
                : null,
            methods switch { [] => null, [var only] => only, _ => "mixed" },
            baselines.Max(b => b.AgeSec),
            _domains,
            WhyNoTotal is null ? SumIfAll(_known, d => d.PrefillJ) : null,
            WhyNoTotal is null ? SumIfAll(_known, d => d.DecodeJ) : null,
            host?.PhaseEnergyMethod,
            WhyNoTotal is null ? host?.LoadJ : null,
            WhyNoTotal is null ? host?.WarmupJ : null);
    }

    Joules? OfDomain(EnergyDomain domain)
    {
        var records = _counted.Where(d => d.Domain == domain).ToList();
        return records.Count > 0 ? SumIfAll(records, d => d.RawJ) : null;
    }

    string WhyNot(EnergyDomain domain) =>
        _run.Host is null ? "host_file_unreadable"
        : _counted.FirstOrDefault(d => d.Domain == domain && d.RawJ is null)?.Reason ?? "no_such_domain_measured";

    string WhyNotAdjusted() =>
        WhyNoTotal
        ?? _known.Concat(_counted).FirstOrDefault(d => d.AdjustedJ is null && d.AdjustedReason is not null)?.AdjustedReason
        ?? (_measured.Count == 0 ? "estimated_domain_has_no_idle" : "no_baseline");

    void ExplainMetrics(InferenceMetrics inference, double? flops)
    {
        const string path = "energy_metrics";
        (EnergyDomain Domain, string Name)[] domains = [(EnergyDomain.Gpu, "gpu"), (EnergyDomain.Cpu, "cpu"), (EnergyDomain.Dram, "ram")];
        foreach (var (domain, name) in domains)
        {
            _reasons.Because($"{path}.{name}_energy_j", WhyNot(domain));
            _reasons.Because($"{path}.{name}_power_w", OfDomain(domain) is null ? WhyNot(domain) : "window_has_no_length");
        }

        _reasons.Because($"{path}.measured_energy_j", WhyNoTotal ?? "every_domain_is_estimated");
        _reasons.Because($"{path}.adjusted_energy_j", WhyNotAdjusted());
        _reasons.Because($"{path}.adjusted_joules_per_output_token", Adjusted is null ? WhyNotAdjusted() : "no_output_tokens");
        _reasons.Because($"{path}.total_uncertainty_j", WhyNoTotal ?? "uncertainty_of_a_device_unknown");
        _reasons.Because($"{path}.total_systematic_j", WhyNoTotal ?? "no_tolerance_stated_by_a_vendor");
        _reasons.Because($"{path}.emissions_kg_co2", _run.Experiment.Carbon is null ? "no_carbon_intensity_stated" : WhyNoTotal);
        _reasons.Because($"{path}.flops_per_joule", flops is null ? "flops_unknown" : null);
        if (WhyNoTotal is null)
        {
            _reasons.Because($"{path}.joules_per_output_token", "no_output_tokens");
            _reasons.Because($"{path}.joules_per_request", "no_successful_request");
            _reasons.Because($"{path}.total_power_w", "window_has_no_length");
        }

        _reasons.Because(path, WhyNoTotal ?? (inference.TotalTokens == 0 ? "no_tokens" : Total is { Value: > 0 } ? "window_has_no_length" : "energy_is_not_positive"));
    }

    void ExplainBreakdown()
    {
        const string path = "energy_breakdown";
        var phases = WhyNoTotal ?? "phases_not_stamped";
        _reasons.Because($"{path}.raw_j", WhyNoTotal);
        _reasons.Because($"{path}.prefill_j", phases);
        _reasons.Because($"{path}.decode_j", phases);
        _reasons.Because($"{path}.phase_method", _reasons.Of($"{path}.prefill_j"));
        _reasons.Because($"{path}.load_j", WhyNoTotal ?? "not_measured");
        _reasons.Because($"{path}.warmup_j", WhyNoTotal ?? "not_measured");
        _reasons.Because($"{path}.baseline_cache_age_sec", Adjusted is null ? WhyNotAdjusted() : "baseline_is_fresh");
        for (var i = 0; i < _domains.Count; i++)
            ExplainDomain(string.Create(CultureInfo.InvariantCulture, $"{path}.domains[{i}]"), _domains[i]);
        _reasons.Because(path, WhyNotAdjusted());
    }

    void ExplainDomain(string path, DomainEnergyRecord domain)
    {
        var adjusted = domain.AdjustedReason
            ?? (domain.Method == EnergyMethod.Estimated ? "estimated_domain_has_no_idle" : domain.Reason ?? "no_baseline");
        _reasons.Because($"{path}.adjusted_j", adjusted);
        _reasons.Because($"{path}.adjusted_driver_idle_j", adjusted);
        _reasons.Because($"{path}.adjusted_uncertainty_j", adjusted);
        _reasons.Because($"{path}.baseline_power_w", adjusted);
        _reasons.Because($"{path}.calibrated_j", "not_calibrated");
        _reasons.Because($"{path}.calibrated_uncertainty_j", "not_calibrated");
        if (domain.RawJ is not null)
        {
            _reasons.Because($"{path}.counter_j", "no_energy_counter");
            _reasons.Because($"{path}.counter_nearest_j", "no_energy_counter");
            _reasons.Because($"{path}.integral_j", "no_power_readings");
            _reasons.Because($"{path}.prefill_j", "phases_not_stamped");
            _reasons.Because($"{path}.decode_j", "phases_not_stamped");
            _reasons.Because($"{path}.uncertainty_j", "not_known");
            _reasons.Because($"{path}.systematic_j", "no_tolerance_stated_by_a_vendor");
            _reasons.Because($"{path}.quality", "not_judged");
        }

        _reasons.Because(path, domain.Reason ?? "not_measured");
    }

    static Watts? Power(Joules? energy, double seconds) => energy is { } joules && seconds > 0 ? new Watts(joules.Value / seconds) : null;

    // Every machine has one, also where nothing says so.
    List<string> Processors() =>
        _domains.Where(d => d.Domain == EnergyDomain.Cpu).Select(d => d.Device).ToList() is { Count: > 0 } processors ? processors : ["cpu:*"];

    // gpu:* stands for the whole domain, where none was found.
    static bool IsGpu(string device) => device.StartsWith("gpu:", StringComparison.Ordinal) && device is not "gpu:*";

    static Joules Sum(List<DomainEnergyRecord> domains, Func<DomainEnergyRecord, Joules?> energy) =>
        new(domains.Sum(d => energy(d)?.Value ?? 0));

    static Joules? SumOfKnown(List<DomainEnergyRecord> domains, Func<DomainEnergyRecord, Joules?> energy) =>
        domains.Any(d => energy(d) is not null) ? Sum(domains, energy) : null;

    static Joules? SumIfAll(List<DomainEnergyRecord> domains, Func<DomainEnergyRecord, Joules?> energy) =>
        domains.Count > 0 && domains.All(d => energy(d) is not null) ? Sum(domains, energy) : null;
}
