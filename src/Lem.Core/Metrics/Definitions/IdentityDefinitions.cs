namespace Lem.Core.Metrics.Definitions;

/// <summary>What ran, when, and the headline figures at the top level.</summary>
static class IdentityDefinitions
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("schema_version", "", "Version of the form, 3.x."),
        new("producer", "", "Who wrote the file: lem."),
        new("lem_version", "", "Version of lem that measured."),
        new("experiment_id", "", "Id of the measured window: UTC time, name, eight hex digits; cycles end in `_c<k>`, k from one."),
        new("config_name", "", "Name of the configuration."),
        new("model_name", "", "The model as the configuration names it."),
        new("model_revision", "", "Hub commit and etag, or file size and modification time.", NullWhen: "the engine or the hub does not tell"),
        new("synthetic", "", "The weights are dummies: cost is real, text is not."),
        new("backend", "", "The engine."),
        new("backend_version", "", "The engine's own version.", NullWhen: "the engine does not tell"),
        new("image_digest", "", "Digest of the container image the engine ran in.", NullWhen: "the engine ran in no container"),
        new("config_hash", "", "SHA-256 of the canonical effective configuration without names and places.", Trap: "Equal hashes: the same experiment, not the same machine."),
        new("campaign.**", "", "Id, name, cell and cycle of the campaign it belongs to.", NullWhen: "it belongs to none"),
        new("cycle_index", "", "Which window of the experiment, from zero."),
        new("cycle_count", "", "Windows asked for."),
        new("start_time", "", "Start of the whole experiment, UTC."),
        new("end_time", "", "End of the whole experiment, UTC.", Trap: "Start and end include loading, warm-up and idling; the window is in timestamps."),
        new("timestamps.start", "", "Window open: first send, UTC."),
        new("timestamps.end", "", "Window close: the last request's last token or failure, UTC."),
        new("timestamps.duration_sec", "s", "Length of the measured window on the monotonic clock."),
        new("total_tokens", "token", "Input and output tokens.", "input_tokens + output_tokens"),
        new("total_energy_j", "J", "Gross energy of the window over distinct devices, estimates included.", "Σ domains.raw_j", "a device that did the work could not be measured, or nothing could", "Look at total_energy_method: an estimate is no measurement."),
        new("total_inference_time_sec", "s", "Union window of all processes.", "max(end) − min(start)", Trap: "The predecessor summed the processes' times."),
        new("avg_tokens_per_second", "token/s", "System rate of all tokens.", "total_tokens ÷ total_inference_time_sec", "the window has no length", "The predecessor wrote the mean of the processes' rates here; that is mean_process_tokens_per_second."),
        new("avg_energy_per_token_j", "J/token", "Energy for each token, input and output.", "total_energy_j ÷ total_tokens", "total_energy_j is null, or no tokens", "Not the headline: joules_per_output_token is."),
        new("total_flops", "FLOP", "Useful floating-point operations.", "compute_metrics.flops_useful", "the architecture is unknown"),
        new("energy_tracking_failed", "", "No total energy could be had."),
        new("partial", "", "The window was closed before all requests were done."),
    ];
}
