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
        var rows = requests.InOrder();
        var judged = requests.HasObjectives && requests.Judged;
        reasons.Because($"{Path}.objectives", "not_asked_for");
        reasons.Because($"{Path}.good_requests", requests.HasObjectives ? "token_arrivals_not_stamped" : "no_objectives");
        reasons.Because($"{Path}.goodput", requests.HasObjectives ? judged ? "window_has_no_length" : "token_arrivals_not_stamped" : "no_objectives");
        reasons.Because(
            $"{Path}.joules_per_good_request",
            !requests.HasObjectives ? "no_objectives" : !judged ? "token_arrivals_not_stamped" : requests.Good == 0 ? "no_good_request" : null);
        return new LatencyStats(
            Series("ttft", rows, row => row.TtftMs, "token_arrivals_not_stamped", reasons),
            TokenGapSeries(requests, rows, reasons),
            Gaps("itl_trimmed", requests.Gaps.Trimmed, NoGaps(requests, "fewer_than_three_gaps_per_request"), reasons),
            Series("tpot", rows, row => row.TpotMs, "fewer_than_two_tokens_or_not_stamped", reasons),
            Series("e2e", rows, row => row.E2eMs, "no_successful_request", reasons),
            Series("service", rows, row => row.ServiceMs, "no_successful_request", reasons),
            Gaps("chunk_gap", requests.Gaps.Chunks, "token_arrivals_not_stamped", reasons),
            Series("dispatch_delay", rows, row => row.DispatchDelayMs, "no_successful_request", reasons),
            objectives,
            judged ? requests.Good : null,
            judged ? Efficiency.Rate(requests.Good, windowSec) : null,
            judged ? Efficiency.JoulesPer(energy, requests.Good) : null,
            Components(rows, reasons),
            Series("decode", rows, row => row.DecodeMs, "token_arrivals_not_stamped", reasons));
    }

    static TtftComponents Components(LatencyRows rows, Reasons reasons) => new(
        Series("ttft_components.tokenize_ms", rows, row => row.TokenizeMs, "engine_does_not_tell", reasons),
        Series("ttft_components.queue_ms", rows, row => row.QueueMs, "engine_does_not_tell", reasons),
        Series("ttft_components.prefill_ms", rows, row => row.PrefillMs, "engine_does_not_tell", reasons));

    static string NoGaps(LatencyCollector requests, string otherwise) =>
        requests.Gaps.Chunks.Count == 0 ? "token_arrivals_not_stamped"
        : requests.Gaps.Tokens.Count == 0 ? "tokens_per_arrival_unknown"
        : otherwise;

    static DistributionSummary Series(string name, LatencyRows rows, Func<LatencyRow, double> value, string whenEmpty, Reasons reasons)
    {
        var path = $"{Path}.{name}";
        var series = rows.Series(value);
        if (series.Length == 0)
            reasons.Because(path, rows.Count == 0 ? "no_successful_request" : whenEmpty);
        return DistributionOfSeries.Summarise("ms", series, (field, reason) => reasons.Because($"{path}.{field}", reason));
    }

    /// <summary>ITL: the mean's interval is over requests, whose gaps depend on each other; percentiles of such clusters get none.</summary>
    static DistributionSummary TokenGapSeries(LatencyCollector requests, LatencyRows rows, Reasons reasons)
    {
        var summary = Gaps("itl", requests.Gaps.Tokens, NoGaps(requests, "too_few_samples"), reasons);
        if (summary.N == 0)
            return summary;
        var interval = RatioInterval.OfSeries(
            rows.Series(row => row.GapTokens > 0 ? row.GapSumMs : double.NaN),
            rows.Series(row => row.GapTokens > 0 ? row.GapTokens : double.NaN));
        reasons.Because($"{Path}.itl.intervals.mean", interval.Reason);
        return summary with { Intervals = new DistributionIntervals(Mean: interval.Interval) };
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
