using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public sealed class LoadSectionTests
{
    // Five a second for four seconds; from two seconds on the server turns all away.
    static readonly RequestRecord[] TurnedAway =
        [.. SampleLoad.Answered(10, 5), .. Enumerable.Range(10, 10).Select(i => SampleLoad.Failed(i, dueS: (i + 1) / 5.0, endS: (i + 1) / 5.0 + 0.002))];

    [Fact]
    public void The_achieved_rate_is_that_of_all_sends() => Assert.Equal(5, Load(TurnedAway).AchievedRate ?? 0, 1e-9);

    [Fact]
    public void Requests_that_were_never_sent_are_no_sends() =>
        Assert.Equal(5, Load([.. TurnedAway, SampleLoad.Failed(20, dueS: 4.2, endS: null) with { SentS = null }]).AchievedRate ?? 0, 1e-9);

    [Fact]
    public void Failures_alone_have_a_rate_too() => Assert.Equal(10 / 4.0, Load(TurnedAway[10..]).AchievedRate ?? 0, 1e-9);

    [Fact]
    public void Late_sends_count_whether_or_not_they_were_answered()
    {
        var late = TurnedAway.Select(request => request.Ok ? request : request with { SentS = request.IntendedS + 0.02 });

        var delay = SampleLoad.Result([.. late]).LatencyStats.DispatchDelay;

        Assert.Equal((20, 20.0), (delay.N, Math.Round(delay.Max ?? 0, 6)));
    }

    [Fact]
    public void A_request_that_failed_was_under_way_until_then()
    {
        RequestRecord[] requests = [.. Enumerable.Range(0, 4).Select(i => SampleLoad.Failed(i, dueS: 0.1 * (i + 1), endS: 0.1 * (i + 1) + 2.5))];

        Assert.Equal((4, 1.0), (Load(requests).MaxInFlight, Load(requests).MeanInFlight));
    }

    [Fact]
    public void A_server_whose_slow_answers_time_out_is_saturated()
    {
        // Four a second come and two are served; whoever has waited for twenty seconds is gone.
        var requests = Enumerable.Range(0, 240).Select(i =>
        {
            var (due, begun) = (i / 4.0, i / 2.0);
            return begun - due >= 20 ? SampleLoad.Failed(i, due, due + 20) : SampleLoad.Answer(i, due, begun);
        });

        Assert.True(Load([.. requests]).Saturated);
    }

    [Fact]
    public void Without_any_request_the_reason_is_told()
    {
        var result = SampleLoad.Result([]);

        Assert.Null(result.Load?.AchievedRate);
        Assert.Equal("no_request_was_sent", result.Unavailable.Single(unavailable => unavailable.Path == "load.achieved_rate").Reason);
        Assert.Equal("no_request_was_sent", result.Unavailable.First(unavailable => unavailable.Path.StartsWith("latency_stats.dispatch_delay", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void Files_without_ends_of_failures_are_read_as_before() =>
        Assert.Equal(1, Load([.. SampleLoad.Answered(1, 5), SampleLoad.Failed(1, dueS: 0.4, endS: null)]).MaxInFlight);

    static LoadMetrics Load(RequestRecord[] requests) => SampleLoad.Result(requests).Load ?? new();
}
