using System.Text.Json.Nodes;

namespace Lem.Core.Results.Aggregation;

/// <summary>Doubts about how requests went out, and how their answers came in.</summary>
static class LoadFindings
{
    const string Phase = "aggregation";

    // A reading of medians: a stream that comes in bunches has many gaps near zero and few long ones.
    const double BunchedMedianToMean = 0.5;
    const double BunchedTokensPerChunk = 1.5;

    // Below, the requests were not sent as they were to be.
    const double LeastOfRate = 0.95;
    const double MostDelayMs = 10;

    public static IEnumerable<Finding> Of(LoadMetrics load, LatencyStats latency)
    {
        if (Bunched(load, latency) is { } bunched)
            yield return bunched;
        if (load.RequestedRate is not { } wanted)
            yield break;

        if (load.AchievedRate < LeastOfRate * wanted || latency.DispatchDelay.P99 > MostDelayMs)
            yield return new(
                "not_open_loop",
                FindingSeverity.Warning,
                $"This was no open loop: {load.AchievedRate:0.##} of {wanted:0.##} requests/s were sent, 99 % of them up to {latency.DispatchDelay.P99:0.#} ms late.",
                Phase,
                load.MaxConcurrency is null
                    ? "The machine that sends is too slow or too busy: send from another, or ask for fewer requests/s. Latency counts from the intended starts all the same."
                    : $"The limit of {load.MaxConcurrency} requests in flight held them up; latency counts from the intended starts all the same.",
                new JsonObject { ["requested_rate"] = wanted, ["achieved_rate"] = load.AchievedRate, ["dispatch_delay_p99_ms"] = latency.DispatchDelay.P99 });
        if (load.Saturated == true)
            yield return new(
                "saturated",
                FindingSeverity.Warning,
                $"The engine was given more than it could take: {Growth(load)}.",
                Phase,
                "Latencies of a growing queue depend on how long one looks: report a lower rate (--rate), or the throughput alone.",
                new JsonObject { ["in_flight_per_minute"] = load.InFlightPerMinute, ["ttft_ms_per_minute"] = load.TtftMsPerMinute });
    }

    // Where those who wait too long are gone, nothing grows any more.
    static string Growth(LoadMetrics load) => load is { InFlightPerMinute: >= 0.5, TtftMsPerMinute: >= 50 }
        ? $"at the end {load.InFlightPerMinute:0} more requests were in flight, and the first token came {load.TtftMsPerMinute / 1e3:0.0} s later, each minute"
        : "at the end requests failed after a longer wait for their first token than any that was answered";

    static Finding? Bunched(LoadMetrics load, LatencyStats latency)
    {
        var byGaps = latency.ChunkGap is { N: >= 30, P50: { } median, Mean: { } mean } && median < BunchedMedianToMean * mean;
        return !byGaps && !(load.TokensPerChunk >= BunchedTokensPerChunk) ? null : new(
            "bunched_stream",
            FindingSeverity.Info,
            byGaps
                ? "Most tokens arrive in bunches: the median gap is far below the mean."
                : $"Tokens arrive in bunches of {load.TokensPerChunk:0.0}: ITL is the gap between arrivals, spread over their tokens.",
            Phase,
            "Read TPOT, and chunk_gap for what a user sees; not the percentiles of ITL.",
            new JsonObject { ["median_gap_ms"] = latency.ChunkGap.P50, ["mean_gap_ms"] = latency.ChunkGap.Mean, ["tokens_per_chunk"] = load.TokensPerChunk });
    }
}
