namespace Lem.Core.Metrics.Definitions;

/// <summary>The conditions of a measurement, and what the measurement says about itself.</summary>
static class ConditionDefinitions
{
    const string NoGpu = "no GPU tells";
    const string NotComputed = "no steady part was looked for or found";
    const string NotMeasured = "not measured";

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("thermal_throttle.detected", "", "Heat or the power brake slowed the clocks for 1 % of the window or more.", NullWhen: NoGpu),
        new("thermal_throttle.thermal", "", "Heat did.", "sw_thermal or hw_thermal", NoGpu),
        new("thermal_throttle.power", "", "The power limit did.", NullWhen: NoGpu, Trap: "Many cards live at their limit by design."),
        new("thermal_throttle.sw_thermal", "", "The driver slowed the clocks for heat (reason bit 0x20).", NullWhen: NoGpu),
        new("thermal_throttle.hw_thermal", "", "The hardware did (0x40).", NullWhen: NoGpu),
        new("thermal_throttle.hw_power", "", "The external power brake did (0x80).", NullWhen: NoGpu),
        new("thermal_throttle.hw_slowdown", "", "The hardware slowed the clocks, cause unknown (0x8 alone).", NullWhen: NoGpu),
        new("thermal_throttle.band", "", "negligible below 1 % of the window, note below 10 %, warning below 50 %, else invalid for comparison.", NullWhen: NoGpu),
        new("thermal_throttle.method", "", "time_counters, violation_status or reason_bits.", NullWhen: NoGpu),
        new("thermal_throttle.thermal_fraction", "", "Share of the window slowed by heat, 0–1.", NullWhen: NoGpu),
        new("thermal_throttle.power_brake_fraction", "", "Share of the window slowed by the power brake, 0–1.", NullWhen: NoGpu),
        new("thermal_throttle.power_capped_fraction", "", "Share of the window at the power limit, 0–1.", NullWhen: NoGpu),
        new("thermal_throttle.throttle_duration_sec", "s", "Time slowed by heat or the power brake.", NullWhen: NoGpu),
        new("thermal_throttle.max_temperature_c", "°C", "Highest temperature in the window.", NullWhen: NoGpu),
        new("thermal_throttle.temperature_rise_c", "°C", "Rise over the window.", NullWhen: NoGpu),
        new("thermal_throttle.throttle_timestamps", "s", "When a slowdown was seen, since window open.", NullWhen: NoGpu),
        new("thermal_throttle.reason", "", "Why nothing is known.", NullWhen: "something is"),
        new("warmup_result.**", "", "How the warm-up ended: converged, final_cv against target_cv, iterations_completed of max_prompts, latencies_ms, stop_reason, duration_sec, energy_j.", NullWhen: "there was no warm-up", Trap: "Not in the window, and not in the total energy."),
        new("steady_state.**", "", "The part of the window without drift: start_s, end_s, rates, energy.", NullWhen: NotComputed),
        new("baselines.**", "", "Each idle power: kind, device, power_w, variance_w2 of the mean, samples, settled, fresh or cached.", NullWhen: "reason says"),
        new("phases.**", "", "Each phase of the experiment with start_s since its beginning, duration_sec and energy per device.", NullWhen: "reason says"),
        new("environment.**", "", "The machine before and after the window.", NullWhen: "the machine does not tell"),
        new("model.**", "", "Architecture, parameters, weight bytes and precisions of the model as loaded.", NullWhen: "the engine does not tell"),
        new("dataset.**", "token", "Prompts, truncations, hash of the set, and the lengths that really occurred; histogram bins double.", NullWhen: "no request succeeded, or not known"),
        new("effective_config.**", "", "The configuration that ran, defaults included; null there means not set."),
        new("parameter_provenance.**", "", "Where each value of it came from."),
        new("preset_chain", "", "Presets and parents, the weakest first."),
        new("cli_overrides.**", "", "What the command line set."),
        new("config_warnings", "", "What was doubtful in the configuration."),
        new("engine_effective.**", "", "Every parameter as the engine took it.", NullWhen: "the engine does not tell"),
        new("overhead.sampler_cpu_sec", "s", "CPU time of the sampler thread in the window.", NullWhen: NotMeasured),
        new("overhead.sampler_cpu_fraction", "", "The same ÷ window: 0.01 is a hundredth of one core.", NullWhen: NotMeasured),
        new("overhead.sampler_ticks", "", "Samples taken.", NullWhen: NotMeasured),
        new("overhead.sampler_missed_ticks", "", "Samples that came so late that one was left out.", NullWhen: NotMeasured),
        new("overhead.sampler_lateness_p50_ms", "ms", "Median lateness of a sample.", NullWhen: NotMeasured),
        new("overhead.sampler_lateness_p99_ms", "ms", "99th percentile of it.", NullWhen: NotMeasured),
        new("overhead.sampler_lateness_max_ms", "ms", "Worst of it.", NullWhen: NotMeasured),
        new("overhead.writer_cpu_sec", "s", "CPU time of the writer thread.", NullWhen: NotMeasured),
        new("overhead.writer_bytes", "byte", "Written to disk inside the window.", NullWhen: NotMeasured),
        new("overhead.start_wait_sec", "s", "Wait for a sensor tick before window open; idle.", NullWhen: NotMeasured),
        new("sampling.**", "", "How well each channel was sampled: updates, failures, longest gap, the sensor's own period, alias_risk (0–1).", NullWhen: "the sensor does not tell"),
        new("timeseries_path", "", "The samples, beside the raw files.", NullWhen: "not saved"),
        new("aggregation.**", "", "How the processes' files became one result, and what was verified.", Trap: "complete is false: tokens may be missing that the energy paid for."),
        new("process_results.**", "", "Each engine process's own facts.", NullWhen: "the engine does not tell"),
        new("findings.**", "", "Every doubt, with what to do about it. severity invalid: not fit for comparison."),
        new("unavailable.**", "", "The path of each null field, and why it is null."),
    ];
}
