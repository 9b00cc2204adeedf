namespace Lem.Reporting.Comparisons;

/// <summary>How people speak of a metric that differs.</summary>
/// <param name="Label">What it is: energy per output token.</param>
/// <param name="Verb">What a configuration does with it: uses.</param>
/// <param name="Less">Words after the percentage where it is lower: less energy per output token.</param>
/// <param name="More">The same where it is higher.</param>
sealed record MetricWords(string Label, string Verb, string Less, string More)
{
    public static MetricWords Of(string metric) => metric switch
    {
        "energy_metrics.joules_per_output_token" => Amount("uses", "energy per output token"),
        "energy_metrics.adjusted_joules_per_output_token" => Amount("uses", "energy above idle per output token"),
        "energy_metrics.joules_per_token" => Amount("uses", "energy per token, input and output"),
        "energy_metrics.joules_per_request" => Amount("uses", "energy per request"),
        "energy_metrics.total_energy_j" => Amount("uses", "energy"),
        "energy_metrics.adjusted_energy_j" => Amount("uses", "energy above idle"),
        "energy_metrics.total_power_w" => Amount("draws", "power"),
        "inference_metrics.output_tokens_per_second" => Number("generates", "output tokens per second"),
        "inference_metrics.tokens_per_second" => Number("processes", "tokens per second, input and output"),
        "latency_stats.ttft.mean" => Amount("takes", "time to the first token"),
        "latency_stats.tpot.mean" => Amount("takes", "time per output token"),
        "latency_stats.e2e.mean" => Amount("takes", "time per request"),
        _ => new(metric, "has", $"less of {metric}", $"more of {metric}"),
    };

    static MetricWords Number(string verb, string what) => new(what, verb, $"fewer {what}", $"more {what}");

    static MetricWords Amount(string verb, string what) => new(what, verb, $"less {what}", $"more {what}");
}
