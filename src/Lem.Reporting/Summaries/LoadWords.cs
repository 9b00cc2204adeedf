using Lem.Core.Results;

namespace Lem.Reporting.Summaries;

/// <summary>How requests went out, and what users of the service would say of their answers.</summary>
static class LoadWords
{
    /// <param name="dispatch">Actual send − intended start.</param>
    public static string Of(LoadMetrics load, DistributionSummary dispatch)
    {
        List<string> parts = load.Kind is "open_loop"
            ? [$"{load.Arrivals} arrivals, {Rate(load.RequestedRate)} wanted, {Rate(load.AchievedRate)} sent", $"dispatch delay p99 {Figures.Si(dispatch.P99 / 1e3, "s")}"]
            : [$"closed loop of {load.Concurrency} {(load.Concurrency == 1 ? "user" : "users")}"];
        if (load.MaxInFlight is { } most)
            parts.Add($"up to {Figures.Count(most)} in flight");
        return string.Join(" · ", parts);
    }

    public static string Objectives(LatencyStats latency, long good, long requests) =>
        $"{string.Join(", ", Limits(latency.Objectives))}: kept by {Figures.Count(good)} of {Figures.Count(requests)} requests · goodput {Rate(latency.Goodput)}"
        + (latency.JoulesPerGoodRequest is { } joules ? $" · {Figures.Si(joules, "J")} per good request" : "");

    static IEnumerable<string> Limits(LatencyObjectives objectives) =>
        from limit in ((string Name, double? Milliseconds)[])[("TTFT", objectives.TtftMs), ("TPOT", objectives.TpotMs), ("E2E", objectives.E2eMs)]
        where limit.Milliseconds is not null
        select $"{limit.Name} ≤ {Figures.Si(limit.Milliseconds / 1e3, "s")}";

    static string Rate(double? perSecond) => $"{Figures.Plain(perSecond)}/s";
}
