using Lem.Core.Metrics;
using Lem.Core.Statistics;
using Lem.Core.Units;

namespace Lem.Core.Results.Aggregation;

/// <summary>latency_stats: from the merged raw values of all processes.</summary>
static class LatencySection
{
    const string Path = "latency_stats";
    const string DependentGaps = "gaps_of_a_request_depend_on_each_other";

    public static LatencyStats Of(LatencyCollector requests, LatencyObjectives objectives, Joules? energy, double windowSec, Reasons reasons)
    {
        var series = new LatencySeries(requests.Rows, noneSucceeded: requests.Failed == requests.Requests);
        var judged = requests.HasObjectives && requests.Judged;
        reasons.Because($"{Path}.objectives", "not_asked_for");
        reasons.Because($"{Path}.good_requests", requests.HasObjectives ? "token_arrivals_not_stamped" : "no_objectives");
        reasons.Because($"{Path}.goodput", requests.HasObjectives ? judged ? "window_has_no_length" : "token_arrivals_not_stamped" : "no_objectives");
        reasons.Because(
            $"{Path}.joules_per_good_request",
            !requests.HasObjectives ? "no_objectives" : !judged ? "token_arrivals_not_stamped" : requests.Good == 0 ? "no_good_request" : null);
        return new LatencyStats(
            series.Of("ttft", reasons),
            TokenGaps(requests, series.MeanGap, reasons),
            Gaps("itl_trimmed", requests.Gaps.Trimmed, NoGaps(requests, "fewer_than_three_gaps_per_request"), reasons),
            series.Of("tpot", reasons),
            series.Of("e2e", reasons),
            series.Of("service", reasons),
            Gaps("chunk_gap", requests.Gaps.Chunks, "token_arrivals_not_stamped", reasons),
            series.Of("dispatch_delay", reasons),
            objectives,
            judged ? requests.Good : null,
            judged ? Efficiency.Rate(requests.Good, windowSec) : null,
            judged ? Efficiency.JoulesPer(energy, requests.Good) : null,
            Components(series, reasons),
            series.Of("decode", reasons));
    }

    static TtftComponents Components(LatencySeries series, Reasons reasons) => new(
        series.Of("ttft_components.tokenize_ms", reasons),
        series.Of("ttft_components.queue_ms", reasons),
        series.Of("ttft_components.prefill_ms", reasons));

    static string NoGaps(LatencyCollector requests, string otherwise) =>
        requests.Gaps.Chunks.Count == 0 ? "token_arrivals_not_stamped"
        : requests.Gaps.Tokens.Count == 0 ? "tokens_per_arrival_unknown"
        : otherwise;

    /// <summary>ITL: the mean's interval is over requests, whose gaps depend on each other; percentiles of such clusters get none.</summary>
    static DistributionSummary TokenGaps(LatencyCollector requests, IntervalEstimate meanGap, Reasons reasons)
    {
        var summary = Gaps("itl", requests.Gaps.Tokens, NoGaps(requests, "too_few_samples"), reasons);
        if (summary.N == 0)
            return summary;
        reasons.Because($"{Path}.itl.intervals.mean", meanGap.Reason);
        return summary with { Intervals = new DistributionIntervals(Mean: meanGap.Interval) };
    }

    static DistributionSummary Gaps(string name, GapHistogram gaps, string whenEmpty, Reasons reasons)
    {
        var path = $"{Path}.{name}";
        if (gaps.Count == 0)
        {
            reasons.Because(path, whenEmpty);
            return gaps.SummariseMs();
        }

        if (gaps.Count == 1)
            reasons.Because($"{path}.sd", "too_few_samples");
        reasons.Because($"{path}.n_eff", DependentGaps);
        foreach (var field in (string[])(name == "itl" ? ["p50", "p90", "p95", "p99"] : ["mean", "p50", "p90", "p95", "p99"]))
            reasons.Because($"{path}.intervals.{field}", DependentGaps);
        return gaps.SummariseMs();
    }
}
