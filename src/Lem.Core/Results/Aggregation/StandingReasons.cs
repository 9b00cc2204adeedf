using System.Globalization;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>Reasons that follow from the raw facts alone, before any figure is computed.</summary>
static class StandingReasons
{
    /// <summary>Told first, so that what the measuring side says of a path wins; but the figures' own reasons win over a whole part's.</summary>
    /// <param name="whyNoEnergy">The window has no total, and so load and warm-up have none either.</param>
    public static void Tell(RawRun run, string? whyNoEnergy, Reasons reasons)
    {
        foreach (var (path, reason) in run.Experiment.Unavailable)
            reasons.Because(path, reason);

        reasons.Because("campaign", "not_part_of_a_campaign");
        reasons.Because("model_revision", "not_known");
        reasons.Because("backend_version", "engine_does_not_tell");
        reasons.Because("image_digest", "engine_runs_in_no_container");
        reasons.Because("warmup_result", "no_warmup");
        if (run.Experiment.WarmupResult is not null)
        {
            reasons.Because("warmup_result.final_cv", "fewer_than_two_iterations");
            reasons.Because("warmup_result.energy_j", whyNoEnergy ?? "not_measured");
            reasons.Because("warmup_result.duration_sec", "not_measured");
        }

        if (run.Experiment.ModelLoad is not null)
            reasons.Because("model_load.load_j", whyNoEnergy);
        reasons.Because("model_load", run.Experiment.ModelLoad is null ? "not_recorded" : "machine_does_not_tell");
        reasons.Because("environment.before", run.Experiment.Environment.Before is null ? "not_taken" : "machine_does_not_tell");
        reasons.Because("environment.after", run.Experiment.Environment.After is null ? "not_taken" : "machine_does_not_tell");
        reasons.Because("model", "engine_does_not_tell");
        reasons.Because("dataset.revision", "prompt_source_has_none");
        reasons.Because("dataset.input_tokens", "no_successful_request");
        reasons.Because("dataset.output_tokens", "no_successful_request");
        reasons.Because("dataset", "not_known");
        reasons.Because("engine_effective", "engine_does_not_tell");
        reasons.Because("timeseries_path", "not_saved");
        reasons.Because("thermal_throttle", run.Host is null ? "host_file_unreadable" : run.Host.ThermalThrottle.Reason ?? "no_gpu_tells");
        reasons.Because("overhead", run.Host is null ? "host_file_unreadable" : "not_measured");
        reasons.Because("sampling", "sensor_does_not_tell");
        TellBaselines(run, reasons);
        TellPhases(run, reasons);
        for (var i = 0; i < run.Processes.Count; i++)
            TellProcess(Indexed("process_results", i), run.Processes[i].Process, reasons);
    }

    static void TellBaselines(RawRun run, Reasons reasons)
    {
        for (var i = 0; i < run.Experiment.Baselines.Count; i++)
        {
            reasons.Because(Indexed("baselines", i) + ".age_sec", run.Experiment.Baselines[i].Reason ?? "baseline_is_fresh");
            reasons.Because(Indexed("baselines", i), run.Experiment.Baselines[i].Reason ?? "not_measured");
        }
    }

    static void TellPhases(RawRun run, Reasons reasons)
    {
        for (var i = 0; i < run.Experiment.Phases.Count; i++)
        {
            for (var k = 0; k < run.Experiment.Phases[i].Energy.Count; k++)
                reasons.Because(Indexed(Indexed("phases", i) + ".energy", k), run.Experiment.Phases[i].Energy[k].Reason ?? "not_measured");
        }
    }

    static void TellProcess(string path, RawProcess process, Reasons reasons)
    {
        reasons.Because($"{path}.process_id", "engine_runs_inside_lem_or_elsewhere");
        reasons.Because($"{path}.tokens_per_second", "window_has_no_length");
        reasons.Because($"{path}.prefill_sec", "phases_not_stamped");
        reasons.Because($"{path}.decode_sec", "phases_not_stamped");
        reasons.Because($"{path}.flops", process.Flops.Reason ?? "flops_unknown");
        reasons.Because($"{path}.memory", process.Memory.Reason ?? "engine_does_not_tell");
        reasons.Because($"{path}.totals", process.Totals.Batches is null ? "no_static_batches" : "engine_does_not_tell");
        reasons.Because(path, "engine_does_not_tell");
    }

    static string Indexed(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
