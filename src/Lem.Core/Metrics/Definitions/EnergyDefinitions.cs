namespace Lem.Core.Metrics.Definitions;

/// <summary>energy_metrics and energy_breakdown.</summary>
static class EnergyDefinitions
{
    const string NoTotal = "total_energy_j is null";
    const string LoadTrap = "Once per load: cycles that share one repeat the figure, so do not add it over cycles. Estimates and idle are in it; as sure as total_energy_method.";

    public static IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("energy_metrics.total_energy_j", "J", "Gross energy of the window over distinct devices, estimates included.", "Σ domains.raw_j", "a device that did the work could not be measured, or nothing could"),
        new("energy_metrics.total_energy_method", "", "The weakest method in the total: counter, integrated, estimated.", NullWhen: NoTotal),
        new("energy_metrics.total_uncertainty_j", "J", "Half width of the total's 95 % band.", "Σ domains.uncertainty_j", "a device's band is unknown", "Added, not squared: sensors of one kind err together. Apart from the spread over cycles. Of an estimate it is no 95 % interval: it is the distance to the upper end of its band (÷ 3 … × 3), twice the value."),
        new("energy_metrics.total_systematic_j", "J", "± what the tolerances that vendors state for their sensors leave open.", "Σ domains.systematic_j", "no vendor states one", "No repetition averages it away: it is in no interval. On one device it cancels in ratios of configurations. A lower bound where a device states none: RAPL and estimates add nothing to it."),
        new("energy_metrics.measured_energy_j", "J", "The total without estimates.", "Σ raw_j of counter and integrated domains", "every domain is estimated"),
        new("energy_metrics.adjusted_energy_j", "J", "Energy above context-idle, measured devices only.", "Σ domains.adjusted_j", "a measured device has no baseline, or none is measured", "Compare it with energy_breakdown.adjusted_raw_j, which sums the same devices. Its half width: Σ domains.adjusted_uncertainty_j."),
        new("energy_metrics.gpu_energy_j", "J", "Gross energy of all GPUs measured.", "Σ", "a GPU, or every one, is not measured"),
        new("energy_metrics.cpu_energy_j", "J", "Gross energy of the CPU packages.", "Σ", "not measured", "On a shared machine everyone's. An estimate too counts all busy time of the usable CPUs, other programs' included; only where a control group's CPU quota binds, and the group's use can be read, is it the group's own."),
        new("energy_metrics.ram_energy_j", "J", "Gross energy of the memory.", "Σ", "not measured"),
        new("energy_metrics.total_power_w", "W", "Mean power.", "total_energy_j ÷ duration_sec", NoTotal),
        new("energy_metrics.gpu_power_w", "W", "Mean power of all GPUs measured.", "gpu_energy_j ÷ duration_sec", "gpu_energy_j is null"),
        new("energy_metrics.cpu_power_w", "W", "Mean power of the CPU packages.", "cpu_energy_j ÷ duration_sec", "cpu_energy_j is null"),
        new("energy_metrics.ram_power_w", "W", "Mean power of the memory.", "ram_energy_j ÷ duration_sec", "ram_energy_j is null"),
        new("energy_metrics.duration_sec", "s", "The window the energy is of."),
        new("energy_metrics.emissions_kg_co2", "kg", "CO₂ equivalent of the electricity.", "total_energy_j ÷ 3.6e6 × PUE × g/kWh ÷ 1000", "no carbon intensity was stated, or no energy", "As good as the stated intensity."),
        new("energy_metrics.joules_per_output_token", "J/token", "The headline: energy for each generated token.", "total_energy_j ÷ output_tokens", NoTotal + ", or no output", "Prompts cost energy too: compare at equal lengths. Its half width in this window: total_uncertainty_j ÷ output_tokens."),
        new("energy_metrics.adjusted_joules_per_output_token", "J/token", "Energy above idle for each generated token.", "adjusted_energy_j ÷ output_tokens", "adjusted_energy_j is null, or no output"),
        new("energy_metrics.joules_per_token", "J/token", "Energy for each token, input and output.", "total_energy_j ÷ total_tokens", NoTotal + ", or no tokens", "Long prompts make it small."),
        new("energy_metrics.energy_per_token_j", "J/token", "The predecessor's name of joules_per_token.", "total_energy_j ÷ total_tokens", NoTotal + ", or no tokens"),
        new("energy_metrics.tokens_per_joule", "token/J", "All tokens for each joule.", "total_tokens ÷ total_energy_j", NoTotal + " or not positive"),
        new("energy_metrics.joules_per_request", "J/request", "Energy for each successful request; what failed ones used is in it.", "total_energy_j ÷ (requests − failed)", NoTotal + ", or no request succeeded"),
        new("energy_metrics.flops_per_joule", "FLOP/J", "Useful work for each joule.", "flops_total ÷ total_energy_j", "either is unknown"),
        new("energy_metrics.watts_per_token_per_second", "W·s/token", "Power for each token per second.", "total_power_w ÷ tokens_per_second", NoTotal + ", or no tokens", "The window cancels: joules_per_token by another name."),
    ];

    public static IReadOnlyList<MetricDefinition> Breakdown { get; } =
    [
        new("energy_breakdown.raw_j", "J", "Gross sum of the domains.", "Σ domains.raw_j", NoTotal),
        new("energy_breakdown.adjusted_j", "J", "Gross minus context-idle (model loaded, nothing running), over adjusted_devices.", "Σ domains.adjusted_j", "a measured device has no baseline, or none is measured", "May be negative: it is not clipped."),
        new("energy_breakdown.adjusted_driver_idle_j", "J", "The same with the idle power before loading.", "Σ domains.adjusted_driver_idle_j", "a measured device has no such baseline"),
        new("energy_breakdown.adjusted_raw_j", "J", "Gross sum of the adjusted devices: like beside like.", "Σ raw_j of adjusted_devices", "adjusted_j is null"),
        new("energy_breakdown.adjusted_devices", "", "The devices in adjusted_j: all that were measured, none that was estimated."),
        new("energy_breakdown.baseline_power_w", "W", "Context-idle power of the adjusted devices.", "Σ domains.baseline_power_w", "adjusted_j is null"),
        new("energy_breakdown.baseline_method", "", "How the idle power before loading is known: fresh, cached, or mixed over devices. That with the model loaded, which adjusted_j subtracts, is always fresh.", NullWhen: "adjusted_j or adjusted_driver_idle_j is null"),
        new("energy_breakdown.baseline_cache_age_sec", "s", "Age of the oldest cached idle power before loading when it was taken.", NullWhen: "none is cached"),
        new("energy_breakdown.domains.domain", "", "gpu, cpu or dram."),
        new("energy_breakdown.domains.device", "", "`gpu:<uuid>`, `cpu:<n>`, `dram:<n>`. Each physical device once. `gpu:*` stands for the GPUs as a kind where none could be read.", Trap: "`gpu:*` has no energy and is in no sum."),
        new("energy_breakdown.domains.raw_j", "J", "Gross energy of the window, as measured.", NullWhen: "reason says"),
        new("energy_breakdown.domains.adjusted_j", "J", "Gross minus idle.", "raw_j − P(context-idle) × window", "adjusted_reason says; always for estimates"),
        new("energy_breakdown.domains.adjusted_driver_idle_j", "J", "Gross minus idle before loading.", "raw_j − P(driver-idle) × window", "as adjusted_j"),
        new("energy_breakdown.domains.calibrated_j", "J", "With gain and offset of a calibration against an external meter; in no total.", "(raw_j − offset × window) ÷ gain", "the device is not calibrated"),
        new("energy_breakdown.domains.calibrated_uncertainty_j", "J", "Half width of the 95 % band of calibrated_j: readings, edges and the fit.", NullWhen: "the device is not calibrated"),
        new("energy_breakdown.domains.baseline_power_w", "W", "The context-idle power that was subtracted.", NullWhen: "as adjusted_j"),
        new("energy_breakdown.domains.method", "", "counter (cumulative hardware counter), integrated (sampled power), estimated (a model).", NullWhen: "raw_j is null"),
        new("energy_breakdown.domains.quality", "", "good; few_ticks: the counter leads with fewer than ten new values in the window; alias_risk: power was integrated, and the load repeats in step with the sensor (sampling.alias_risk from 0.02 on); estimated: a model.", NullWhen: "not judged"),
        new("energy_breakdown.domains.uncertainty_j", "J", "Half width of the 95 % band of raw_j: edges, polling, alias.", NullWhen: "not known", Trap: "Of an estimate: the distance to the upper end of its band, 2 × raw_j; the lower end is raw_j ÷ 3."),
        new("energy_breakdown.domains.systematic_j", "J", "± the vendor's tolerance of the sensor.", "0.05 × raw_j for NVML", "no vendor states one", "Null means unknown, not zero."),
        new("energy_breakdown.domains.adjusted_uncertainty_j", "J", "The same of adjusted_j, the baseline's variance included: 2 × √Var.", NullWhen: "as adjusted_j"),
        new("energy_breakdown.domains.reason", "", "Why raw_j is null, or what is to be said of it.", NullWhen: "there is nothing to say"),
        new("energy_breakdown.domains.adjusted_reason", "", "Why adjusted_j is null.", NullWhen: "it is not"),
        new("energy_breakdown.domains.counter_j", "J", "By the cumulative counter alone.", NullWhen: "the device has none, or is estimated"),
        new("energy_breakdown.domains.counter_nearest_j", "J", "Plain difference of the counter's last reads at or before the window's edges, uncorrected.", NullWhen: "as counter_j"),
        new("energy_breakdown.domains.integral_j", "J", "By integrated power alone.", NullWhen: "there are no power readings"),
        new("energy_breakdown.domains.prefill_j", "J", "While prompts were computed.", NullWhen: "phases are not stamped, are shorter than two values of the sensor, or their edges leave more than 5 % open"),
        new("energy_breakdown.domains.decode_j", "J", "While tokens were generated.", NullWhen: "phases are not stamped, are shorter than two values of the sensor, or their edges leave more than 5 % open"),
        new("energy_breakdown.prefill_j", "J", "While prompts were computed, all domains.", "Σ", "phases are not stamped"),
        new("energy_breakdown.decode_j", "J", "While tokens were generated, all domains.", "Σ", "phases are not stamped", "Prefill and decode do not add up to raw_j: tokenising, sampling and waiting are in neither."),
        new("energy_breakdown.phase_method", "", "How prefill and decode were told apart: phase_stamped, by the engine's own stamps.", NullWhen: "neither has energy"),
        new("energy_breakdown.load_j", "J", "Loading the model; not in the total.", NullWhen: "not measured", Trap: LoadTrap),
        new("energy_breakdown.warmup_j", "J", "The warm-up; not in the total.", NullWhen: "not measured, or no warm-up", Trap: LoadTrap),
    ];
}
