using System.Buffers;
using Lem.Core.Metrics;
using Lem.Core.Statistics;

namespace Lem.Core.Results.Aggregation;

/// <summary>
/// The distributions with one value per request, computed side by side: each is a sort and a correlation of its own. What they say is the same
/// on one processor.
/// </summary>
sealed class LatencySeries
{
    const string Path = "latency_stats";
    const string NotStamped = "token_arrivals_not_stamped";
    const string NoSuccess = "no_successful_request";
    const string NoneSent = "no_request_was_sent";
    const string NotTold = "engine_does_not_tell";

    static readonly (string Name, Func<LatencyRow, double> Value, string WhenEmpty)[] All =
    [
        ("ttft", row => row.TtftMs, NotStamped),
        ("tpot", row => row.TpotMs, "fewer_than_two_tokens_or_not_stamped"),
        ("e2e", row => row.E2eMs, NoSuccess),
        ("service", row => row.ServiceMs, NoSuccess),
        ("dispatch_delay", row => row.DispatchDelayMs, NoneSent),
        ("decode", row => row.DecodeMs, NotStamped),
        ("ttft_components.tokenize_ms", row => row.TokenizeMs, NotTold),
        ("ttft_components.queue_ms", row => row.QueueMs, NotTold),
        ("ttft_components.prefill_ms", row => row.PrefillMs, NotTold),
    ];

    readonly (DistributionSummary Summary, List<(string Field, string Reason)> Refused)[] _summaries;
    readonly bool _noneSucceeded;

    public LatencySeries(LatencyRows rows, bool noneSucceeded)
    {
        _noneSucceeded = noneSucceeded;
        var order = rows.Order();
        _summaries = new (DistributionSummary, List<(string, string)>)[All.Length];
        var meanGap = IntervalEstimate.None(NotStamped);
        Parallel.For(0, All.Length + 1, i =>
        {
            if (i == All.Length)
                meanGap = GapInterval(rows, order);
            else
                _summaries[i] = Summarise(rows, order, All[i].Value);
        });
        MeanGap = meanGap;
    }

    /// <summary>Interval of the mean token gap over requests, whose own gaps depend on each other.</summary>
    public IntervalEstimate MeanGap { get; }

    /// <summary>A distribution by its name below latency_stats, its refusals told.</summary>
    public DistributionSummary Of(string name, Reasons reasons)
    {
        var index = Array.FindIndex(All, series => series.Name == name);
        var (summary, refused) = _summaries[index];
        if (summary.N == 0)
            reasons.Because($"{Path}.{name}", _noneSucceeded && All[index].WhenEmpty != NoneSent ? NoSuccess : All[index].WhenEmpty);
        foreach (var (field, reason) in refused)
            reasons.Because($"{Path}.{name}.{field}", reason);
        return summary;
    }

    static (DistributionSummary, List<(string, string)>) Summarise(LatencyRows rows, int[] order, Func<LatencyRow, double> value)
    {
        List<(string, string)> refused = [];
        var room = ArrayPool<double>.Shared.Rent(order.Length);
        var summary = DistributionOfSeries.Summarise("ms", rows.Series(order, value, room), (field, reason) => refused.Add((field, reason)));
        ArrayPool<double>.Shared.Return(room);
        return (summary, refused);
    }

    static IntervalEstimate GapInterval(LatencyRows rows, int[] order)
    {
        var (sums, counts) = (ArrayPool<double>.Shared.Rent(order.Length), ArrayPool<double>.Shared.Rent(order.Length));
        var interval = RatioInterval.OfSeries(
            rows.Series(order, row => row.GapTokens > 0 ? row.GapSumMs : double.NaN, sums),
            rows.Series(order, row => row.GapTokens > 0 ? row.GapTokens : double.NaN, counts));
        ArrayPool<double>.Shared.Return(sums);
        ArrayPool<double>.Shared.Return(counts);
        return interval;
    }
}
