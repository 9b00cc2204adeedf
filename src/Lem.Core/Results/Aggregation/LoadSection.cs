using Lem.Core.Metrics;
using Lem.Core.Metrics.Steady;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>load: what was to be sent, what was, and whether the engine kept up.</summary>
static class LoadSection
{
    const string Path = "load";
    const string OpenLoop = "open_loop";

    public static LoadMetrics Of(RawExperiment experiment, LatencyCollector requests, double windowSec, Reasons reasons)
    {
        if (experiment.Load is not { } load)
        {
            reasons.Because(Path, "not_recorded");
            return new();
        }

        var isOpen = load.Kind == OpenLoop;
        var runs = requests.Rows.Runs();
        var (sent, lastSentS) = requests.Rows.Sends();
        var saturation = isOpen ? Saturation.Find(runs) : new(null, null, null, "no_open_loop");
        var counts = windowSec > 0 && runs.Count > 0 ? new InFlight(runs) : null;
        reasons.Because($"{Path}.concurrency", "no_closed_loop");
        reasons.Because($"{Path}.max_concurrency", isOpen ? "no_limit" : "no_open_loop");
        reasons.Because($"{Path}.burstiness", "no_gamma_arrivals");
        reasons.Because($"{Path}.achieved_rate", sent == 0 ? "no_request_was_sent" : "all_requests_were_sent_at_once");
        foreach (var field in (string[])["saturated", "in_flight_per_minute", "ttft_ms_per_minute"])
            reasons.Because($"{Path}.{field}", saturation.Reason);
        reasons.Because($"{Path}.tokens_per_chunk", "token_arrivals_not_stamped");
        reasons.Because($"{Path}.max_in_flight", "no_request_has_an_end");
        reasons.Because($"{Path}.mean_in_flight", "no_request_has_an_end");
        reasons.Because(Path, "no_open_loop");
        return new(
            load.Kind,
            load.Concurrency,
            load.Arrivals,
            load.RequestedRate,
            Efficiency.Rate(sent, lastSentS),
            load.Burstiness,
            load.MaxConcurrency,
            counts?.Most(),
            counts?.Mean(0, windowSec),
            saturation.Saturated,
            saturation.InFlightPerMinute,
            saturation.TtftMsPerMinute,
            requests.TokensPerChunk);
    }
}
