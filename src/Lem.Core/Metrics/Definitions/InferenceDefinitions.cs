namespace Lem.Core.Metrics.Definitions;

/// <summary>inference_metrics and latency_stats.</summary>
static class InferenceDefinitions
{
    const string NoLength = "the window has no length";
    const string ComponentsSilent = "the engine does not tell";
    const string NotStamped = "the engine does not stamp the boundary between prefill and decode";

    public static IReadOnlyList<MetricDefinition> Inference { get; } =
    [
        new("inference_metrics.total_tokens", "token", "Input and output tokens.", "input_tokens + output_tokens"),
        new("inference_metrics.input_tokens", "token", "Prompt tokens computed, after truncation.", Trap: "Padding is no input."),
        new("inference_metrics.output_tokens", "token", "Generated tokens, the end-of-text token included where the engine counts it.", Trap: "Tokens after the end of text are no output."),
        new("inference_metrics.inference_time_sec", "s", "Union window: first send to last token or failure over all processes.", "max(end) − min(start)"),
        new("inference_metrics.tokens_per_second", "token/s", "System rate of all tokens.", "total_tokens ÷ inference_time_sec", NoLength, "Grows with the prompt length: compare output_tokens_per_second."),
        new("inference_metrics.output_tokens_per_second", "token/s", "System rate of generated tokens.", "output_tokens ÷ inference_time_sec", NoLength),
        new("inference_metrics.effective_throughput", "token/s", "The older name of tokens_per_second.", "total_tokens ÷ inference_time_sec", NoLength),
        new("inference_metrics.mean_process_tokens_per_second", "token/s", "Mean of the processes' own rates.", "mean of process_results.tokens_per_second", NoLength, "One worker's speed, not the system's."),
        new("inference_metrics.requests", "request", "Requests of the window, failed ones included."),
        new("inference_metrics.failed_requests", "request", "Requests that failed.", Trap: "Their energy is in the total; their latency is in no distribution."),
        new("inference_metrics.latency_per_token_ms", "ms", "Reciprocal throughput.", "1000 ÷ tokens_per_second", NoLength + ", or no tokens", "No latency that any token had: that is ITL or TPOT."),
        new("inference_metrics.time_to_first_token_ms", "ms", "Mean TTFT.", "latency_stats.ttft.mean", "arrivals are not stamped"),
        new("inference_metrics.prefill.time_sec", "s", "Process-seconds spent on computing prompts.", "Σ processes", NotStamped),
        new("inference_metrics.prefill.tokens_per_second", "token/s", "Prompt tokens per process-second of prefill.", "input_tokens ÷ prefill.time_sec", NotStamped),
        new("inference_metrics.decode.time_sec", "s", "Process-seconds spent on generating after the first token.", "Σ processes", NotStamped),
        new("inference_metrics.decode.tokens_per_second", "token/s", "Tokens generated per process-second of decoding.", "(output_tokens − requests with a token) ÷ decode.time_sec", NotStamped, "Each answer's first token comes out of the prefill and is not counted."),
    ];

    public static IReadOnlyList<MetricDefinition> Latency { get; } =
    [
        new("latency_stats.ttft.**", "ms", "Time to first token, one per successful request.", "first token − intended start", "arrivals are not stamped", "Counts from when a request should have been sent, so a late generator cannot flatter it."),
        new("latency_stats.itl.**", "ms", "Inter-token latency: every gap between consecutive output tokens; a gap before several tokens is spread over them.", "gap ÷ tokens of the arrival", "tokens per arrival are unknown", "Percentiles flatter a bunched stream: look at chunk_gap."),
        new("latency_stats.itl_trimmed.**", "ms", "ITL without each request's first and last gap.", NullWhen: "no request has three gaps", Trap: "Only for comparison with older results."),
        new("latency_stats.tpot.**", "ms", "Time per output token after the first, one per request.", "(last − first) ÷ (output tokens − 1)", "no request has two stamped tokens", "Requests count alike, however long: a mean over requests, not over tokens."),
        new("latency_stats.e2e.**", "ms", "End-to-end latency, one per request.", "last token − intended start", "no request succeeded"),
        new("latency_stats.service.**", "ms", "Latency from the actual send.", "last token − actual send", "no request succeeded", "Leaves out the time a request waited to be sent."),
        new("latency_stats.chunk_gap.**", "ms", "Every gap between consecutive arrivals, however many tokens they held.", NullWhen: "arrivals are not stamped"),
        new("latency_stats.dispatch_delay.**", "ms", "The load generator's own lateness.", "actual send − intended start, of every request that was sent", "no request was sent"),
        new("latency_stats.decode.**", "ms", "Generating after the first token, one per request.", "last token − first token", "arrivals are not stamped"),
        new("latency_stats.ttft_components.tokenize_ms.**", "ms", "Turning the prompt into tokens.", NullWhen: ComponentsSilent, Trap: "The embedded engine gets tokens that were made before the window: there this is no part of TTFT."),
        new("latency_stats.ttft_components.queue_ms.**", "ms", "Waiting until the prompt began to be computed.", "start of prefill − intended start", ComponentsSilent),
        new("latency_stats.ttft_components.prefill_ms.**", "ms", "Computing the prompt; in a static batch, all of its prompts.", "first token − start of prefill", ComponentsSilent),
        new("latency_stats.ttft_components.*.unit", "", "Unit of the figures: ms."),
        new("latency_stats.ttft_components.*.n", "", "Values."),
        new("latency_stats.ttft_components.*.n_eff", "", "Independent values they are worth."),
        new("latency_stats.objectives.**", "ms", "Limits a request must keep to be good: TTFT, TPOT, end to end.", NullWhen: "not asked for"),
        new("latency_stats.good_requests", "request", "Successful requests that kept every objective; one without a token keeps none of TTFT or TPOT.", NullWhen: "no objectives, or stamps that cannot answer them"),
        new("latency_stats.goodput", "request/s", "Good requests per second; failures and misses count against it.", "good_requests ÷ inference_time_sec", "no objectives, or stamps that cannot answer them"),
        new("latency_stats.joules_per_good_request", "J/request", "Energy goodput.", "total_energy_j ÷ good_requests", "no objectives, no good request, or no energy"),
    ];

    /// <summary>The figures of each distribution of latency_stats.</summary>
    public static IReadOnlyList<MetricDefinition> Distribution { get; } =
    [
        new("latency_stats.*.unit", "", "Unit of the figures: ms."),
        new("latency_stats.*.n", "", "Values."),
        new("latency_stats.*.n_eff", "", "Independent values they are worth.", "n ÷ (1 + 2·Σ ρ), Geyer's initial positive sequence", "the values are gaps, which depend on each other within a request"),
        new("latency_stats.*.mean", "ms", "Arithmetic mean.", NullWhen: "n is 0"),
        new("latency_stats.*.sd", "ms", "Sample standard deviation.", "√(Σ(x − mean)² ÷ (n − 1))", "n is below 2"),
        new("latency_stats.*.min", "ms", "Smallest value.", NullWhen: "n is 0"),
        new("latency_stats.*.p50", "ms", "Median; percentiles are type 7, linear between neighbours, of the merged raw values.", NullWhen: "n is 0"),
        new("latency_stats.*.p90", "ms", "90th percentile.", NullWhen: "n is 0"),
        new("latency_stats.*.p95", "ms", "95th percentile.", NullWhen: "n is 0"),
        new("latency_stats.*.p99", "ms", "99th percentile.", NullWhen: "n is 0", Trap: "Below 100 values it is next to the maximum; without an interval it is an anecdote."),
        new("latency_stats.*.max", "ms", "Largest value.", NullWhen: "n is 0"),
        new("latency_stats.*.intervals.mean", "ms", "95 % interval of the mean over requests.", "mean ± t(n_eff − 1)·sd ÷ √n_eff", "n_eff is below 30"),
        new("latency_stats.*.intervals.p50", "ms", "95 % interval between order statistics.", "binomial ranks", "n_eff is below 6"),
        new("latency_stats.*.intervals.p90", "ms", "95 % interval between order statistics.", "binomial ranks", "n_eff is below 36"),
        new("latency_stats.*.intervals.p95", "ms", "95 % interval between order statistics.", "binomial ranks", "n_eff is below 72"),
        new("latency_stats.*.intervals.p99", "ms", "95 % interval between order statistics.", "binomial ranks", "n_eff is below 368"),
    ];
}
