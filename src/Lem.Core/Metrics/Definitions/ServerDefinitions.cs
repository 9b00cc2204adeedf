namespace Lem.Core.Metrics.Definitions;

/// <summary>process_results[].engine_statistics of a server: its own counters over the window.</summary>
static class ServerDefinitions
{
    const string Statistics = "process_results.engine_statistics";
    const string NotPublished = "the server does not publish it; the field is then left out";
    const string NoneCame = "it does not publish it, or no request passed there; the field is then left out";
    const string Totals = "difference of its counter between close and open of the window";
    const string Looks = "over the looks within the window and at its close";
    const string Inside = "over the looks within the window, its edges left out";
    const string NoLook = "it does not publish it, or no look fell within the window; the field is then left out";

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Of("looks", "", "How often its counters were read: at the window's edges and every server.metrics_interval_sec in between.", trap: "Maxima and means of running, waiting and cache are those of the looks: what rose and fell between two of them is not seen."),
        Of("requests_running_max", "request", "Most requests it worked on.", Looks, NotPublished),
        Of("requests_running_mean", "request", "Mean number it worked on.", Inside, NoLook),
        Of("requests_waiting_max", "request", "Most requests in its queue.", Looks, NotPublished, "Beside load.max_in_flight: what lem sees in flight is running, waiting or on its way."),
        Of("requests_waiting_mean", "request", "Mean number in its queue.", Inside, NoLook),
        Of("kv_cache_usage_max", "", "Highest share of its KV cache in use, 0–1.", Looks, NotPublished),
        Of("prompt_tokens", "token", "Prompt tokens by its count.", Totals, NotPublished, "Counts what others asked of it in the window, too: more than input_tokens means that lem was not alone."),
        Of("generated_tokens", "token", "Output tokens by its count.", Totals, NotPublished, "As prompt_tokens."),
        Of("prefix_cache_hit_tokens", "token", "Prompt tokens found in its prefix cache.", Totals, NotPublished),
        Of("prefix_cache_query_tokens", "token", "Prompt tokens looked up there.", Totals, NotPublished),
        Of("preemptions", "", "How often it put a request that had begun back into the queue for want of KV cache.", Totals, NotPublished, "Each computes its prompt again: energy without an answer."),
        Of("queue_mean_ms", "ms", "Mean time of a request in its queue.", "growth of the sum ÷ growth of the count", NoneCame),
        Of("prefill_sum_ms", "ms", "Time it computed prompts, summed over requests.", Totals, NotPublished, "Requests that are computed together each count their time."),
        Of("prefill_mean_ms", "ms", "Mean prefill time of a request.", "growth of the sum ÷ growth of the count", NoneCame),
        Of("ttft_mean_ms", "ms", "Mean time to first token as it sees it, from when the request reached it.", "growth of the sum ÷ growth of the count", NoneCame, "latency_stats.ttft.mean counts from the intended start, and has the way there and back in it: the difference is connection, HTTP and the wait to be sent."),
        Of("tpot_mean_ms", "ms", "Mean time per output token as it sees it.", "growth of the sum ÷ growth of the count", NoneCame, "Some weigh by request and some by token, as the server counts."),
        Of("speculative_draft_tokens", "token", "Tokens that speculative decoding proposed.", Totals, NotPublished),
        Of("speculative_accepted_tokens", "token", "Proposed tokens that the model accepted.", Totals, NotPublished),
        Of("speculative_acceptance_rate", "", "Share of the proposed tokens that were accepted, 0–1.", "speculative_accepted_tokens ÷ speculative_draft_tokens", NoneCame),
        Of("speculative_accepted_per_draft", "token", "Tokens accepted per proposal.", "speculative_accepted_tokens ÷ proposals", NoneCame),
    ];

    static MetricDefinition Of(string name, string unit, string meaning, string formula = "", string nullWhen = "", string trap = "") =>
        new($"{Statistics}.{name}", unit, meaning, formula, nullWhen, trap);
}
