namespace Lem.Reporting.Exports;

/// <summary>
/// The columns every wide table has, in this order: identity, configuration, energy, throughput, latency, FLOPs, extended metrics, throttling,
/// environment. Whatever else a result holds follows by its path, alphabetically. Headers carry the unit.
/// </summary>
static class WideColumns
{
    /// <summary>Header and path in the result.</summary>
    public static IReadOnlyList<(string Header, string Path)> Fixed { get; } =
    [
        .. Same("experiment_id", "config_name", "model_name", "model_revision", "synthetic", "backend", "backend_version", "image_digest", "config_hash"),
        ("campaign", "campaign.name"),
        ("campaign_cell", "campaign.cell"),
        ("campaign_cycle", "campaign.cycle"),
        .. Same("cycle_index", "cycle_count"),
        ("start_time_utc", "start_time"),
        ("end_time_utc", "end_time"),
        ("window_duration_sec", "timestamps.duration_sec"),
        .. Same("partial", "lem_version", "schema_version"),

        ("fp_precision", "effective_config.fp_precision"),
        ("compute_precision", "compute_metrics.compute_precision"),
        ("num_processes", "aggregation.num_processes"),
        ("batching_strategy", "effective_config.batching.strategy"),
        ("batch_size", "effective_config.batching.batch_size"),
        ("concurrency", "effective_config.concurrency"),
        ("traffic_enabled", "effective_config.traffic_simulation.enabled"),
        ("traffic_mode", "effective_config.traffic_simulation.mode"),
        ("traffic_target_qps", "effective_config.traffic_simulation.target_qps"),
        ("streaming", "effective_config.streaming"),
        ("max_input_tokens", "effective_config.max_input_tokens"),
        ("max_output_tokens", "effective_config.max_output_tokens"),
        ("decoder_temperature", "effective_config.decoder.temperature"),
        ("do_sample", "effective_config.decoder.do_sample"),
        ("random_seed", "effective_config.random_seed"),
        ("dataset", "dataset.name"),
        ("prompts", "dataset.prompts"),
        ("prompt_set_sha256", "dataset.prompt_set_sha256"),

        .. In("energy_metrics", "total_energy_j", "total_energy_method", "total_uncertainty_j", "measured_energy_j"),
        .. In("energy_breakdown", "adjusted_j", "adjusted_driver_idle_j", "adjusted_raw_j", "baseline_power_w", "baseline_method"),
        .. In("energy_metrics", "gpu_energy_j", "cpu_energy_j", "ram_energy_j", "total_power_w", "gpu_power_w", "cpu_power_w", "ram_power_w"),
        .. In("energy_breakdown", "prefill_j", "decode_j", "load_j", "warmup_j"),
        .. In(
            "energy_metrics", "joules_per_output_token", "adjusted_joules_per_output_token", "joules_per_token", "tokens_per_joule",
            "joules_per_request", "flops_per_joule", "watts_per_token_per_second", "emissions_kg_co2"),

        .. In(
            "inference_metrics", "total_tokens", "input_tokens", "output_tokens", "requests", "failed_requests", "inference_time_sec",
            "tokens_per_second", "output_tokens_per_second"),
        ("prefill_tokens_per_second", "inference_metrics.prefill.tokens_per_second"),
        ("decode_tokens_per_second", "inference_metrics.decode.tokens_per_second"),

        .. Latency("ttft"),
        .. Latency("tpot"),
        .. Latency("itl"),
        .. Latency("e2e"),
        ("goodput_per_second", "latency_stats.goodput"),
        .. In("latency_stats", "joules_per_good_request"),

        .. In(
            "compute_metrics", "flops_total", "flops_executed", "flops_per_token", "flops_per_second", "flops_method", "flops_confidence", "mfu",
            "peak_memory_mb", "model_memory_mb", "inference_memory_mb"),

        .. In("extended_metrics", "tpot_ms", "token_efficiency_index", "precision_factor"),
        .. In("extended_metrics.memory", "total_vram_mb", "kv_cache_mb", "tokens_per_gb_vram", "model_memory_utilisation", "kv_cache_memory_ratio"),
        ("sm_utilisation_mean_pct", "extended_metrics.gpu_utilisation.sm_utilisation_mean"),
        ("memory_bandwidth_utilisation_pct", "extended_metrics.gpu_utilisation.memory_bandwidth_utilisation"),
        .. In("extended_metrics.batch", "effective_batch_size", "batch_utilisation", "padding_overhead", "num_batches"),
        .. In("extended_metrics.kv_cache", "kv_cache_hit_rate", "kv_cache_blocks_used", "kv_cache_blocks_total"),
        .. In("extended_metrics.request_latency", "e2e_latency_mean_ms", "e2e_latency_median_ms", "e2e_latency_p95_ms", "e2e_latency_p99_ms"),

        ("throttle_detected", "thermal_throttle.detected"),
        ("throttle_band", "thermal_throttle.band"),
        ("throttle_thermal_fraction", "thermal_throttle.thermal_fraction"),
        ("power_capped_fraction", "thermal_throttle.power_capped_fraction"),
        ("max_temperature_c", "thermal_throttle.max_temperature_c"),

        ("host", "environment.before.hostname"),
        ("cpu_model", "environment.before.cpu.model"),
        ("cpu_governor", "environment.before.cpu.governor"),
        ("gpu_driver", "environment.before.driver.driver"),
        ("cuda", "environment.before.driver.cuda"),
        ("container", "environment.before.container"),
        ("hypervisor", "environment.before.hypervisor"),
    ];

    static IEnumerable<(string, string)> Same(params string[] names) => names.Select(name => (name, name));

    static IEnumerable<(string, string)> In(string part, params string[] names) => names.Select(name => (name, $"{part}.{name}"));

    static IEnumerable<(string, string)> Latency(string name) =>
        new[] { "mean", "p50", "p95", "p99" }.Select(figure => ($"{name}_{figure}_ms", $"latency_stats.{name}.{figure}"));
}
