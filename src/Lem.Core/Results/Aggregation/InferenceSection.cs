using Lem.Core.Metrics;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>inference_metrics: tokens over processes, system rates over the union window.</summary>
static class InferenceSection
{
    /// <summary>First send to last token or failure over all processes, seconds.</summary>
    public static double UnionWindowSec(IReadOnlyList<RawProcess> processes) =>
        processes.Count == 0 ? 0 : Math.Max(processes.Max(p => p.WindowEndS) - processes.Min(p => p.WindowStartS), 0);

    public static double? TokensPerSecond(RawProcess process) =>
        Efficiency.Rate(process.Totals.InputTokens + process.Totals.OutputTokens, process.WindowEndS - process.WindowStartS);

    public static InferenceMetrics Of(IReadOnlyList<RawProcess> processes, LatencyCollector requests, double? meanTtftMs, Reasons reasons)
    {
        var input = processes.Sum(p => p.Totals.InputTokens);
        var output = processes.Sum(p => p.Totals.OutputTokens);
        var window = UnionWindowSec(processes);
        var rate = Efficiency.Rate(input + output, window);
        var rates = processes.Select(TokensPerSecond).OfType<double>().ToList();

        reasons.Because("inference_metrics", "window_has_no_length");
        if (window > 0)
            reasons.Because("inference_metrics.latency_per_token_ms", "no_tokens");
        reasons.Because("inference_metrics.time_to_first_token_ms", reasons.Of("latency_stats.ttft.mean"));
        reasons.Because("inference_metrics.prefill", "phases_not_stamped");
        reasons.Because("inference_metrics.decode", "phases_not_stamped");
        return new InferenceMetrics(
            input + output,
            input,
            output,
            window,
            rate,
            Efficiency.Rate(output, window),
            rate,
            rates.Count > 0 ? rates.Average() : null,
            processes.Sum(p => (long)p.Totals.Requests),
            processes.Sum(p => (long)p.Totals.FailedRequests),
            rate > 0 ? 1000 / rate : null,
            meanTtftMs,
            Phase(processes, p => p.PrefillSec, input),
            // The first token of each answer comes out of the prefill.
            Phase(processes, p => p.DecodeSec, requests.Requests > 0 ? output - requests.WithTokens : null));
    }

    static PhaseSpeed Phase(IReadOnlyList<RawProcess> processes, Func<RawProcess, double?> seconds, long? tokens)
    {
        if (processes.Count == 0 || processes.Any(p => seconds(p) is null))
            return new PhaseSpeed(null, null);
        var time = processes.Sum(p => seconds(p) ?? 0);
        return new PhaseSpeed(time, Efficiency.Rate(tokens, time));
    }
}
