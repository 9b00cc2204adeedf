namespace Lem.Core.Metrics.Definitions;

/// <summary>load.</summary>
static class LoadDefinitions
{
    const string NoOpenLoop = "there is no open loop";

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("load.kind", "", "How requests went out: static_batches, closed_loop (users who wait for their answers), open_loop (requests that come when they come).", NullWhen: "it was not recorded", Trap: "Latencies of a closed and an open loop do not compare: a closed loop sends less when the engine is slow."),
        new("load.concurrency", "user", "Users of a closed loop.", NullWhen: "there is no closed loop"),
        new("load.arrivals", "", "Law of arrivals: constant, poisson, gamma, ramp, trace.", NullWhen: NoOpenLoop),
        new("load.requested_rate", "request/s", "Requests per second that were to be sent.", "requests ÷ last intended start", NoOpenLoop),
        new("load.achieved_rate", "request/s", "Requests per second that were sent, answered or not.", "requests sent ÷ last actual send", "no request was sent, or all were at once"),
        new("load.burstiness", "", "Shape of gamma arrivals; 1 is Poisson, below it bursts.", NullWhen: "arrivals are not gamma"),
        new("load.max_concurrency", "request", "Limit of requests in flight.", NullWhen: "there is no limit", Trap: "A request that waits for its turn keeps its intended start."),
        new("load.max_in_flight", "request", "Most requests under way at once, from their intended starts to their last token or failure.", NullWhen: "no request has an end"),
        new("load.mean_in_flight", "request", "Mean number under way over the window.", "Σ (end − intended start) ÷ window (Little's law)", "no request has an end"),
        new("load.saturated", "", "Whether the engine was given more than it could take: requests in flight and TTFT both still rose at the end of the arrivals (last half, 30 to 120 s).", "Spearman's ρ of ten means > 0.65 and a rise of at least a quarter of the mean, both; or a tenth of the requests then failed after a longer wait than any that got a token", "there is no open loop, or fewer than thirty requests came then", "Then every latency grows with the length of the run."),
        new("load.in_flight_per_minute", "request/min", "Slope of the number in flight there.", NullWhen: NoOpenLoop),
        new("load.ttft_ms_per_minute", "ms/min", "Slope of TTFT there; a request that failed before its first token counts with its wait until then.", NullWhen: NoOpenLoop),
        new("load.tokens_per_chunk", "token", "Output tokens per arrival of a stream.", "output tokens ÷ arrivals", "arrivals are not stamped"),
    ];
}
