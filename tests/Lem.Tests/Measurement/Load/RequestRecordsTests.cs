using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Load;

public class RequestRecordsTests
{
    static readonly GenerationRequest Request = new(7, [1, 2, 3], 10, 0, false, new(Greedy: true), 1);

    [Fact]
    public void Seconds_count_from_window_open_and_gaps_are_microseconds()
    {
        var trace = Trace([1_100_000_000, 1_120_000_000, 1_150_000_400]);

        var record = RequestRecords.From(trace, open: 1_000_000_000, new ManualClock());

        Assert.Equal((0.05, 0.1, 0.1500004), (record.SentS, record.FirstS, record.LastS));
        Assert.Equal([20_000, 30_000], record.GapsUs ?? []);
        Assert.Equal((7, 3, 3), (record.Prompt, record.InputTokens, record.OutputTokens));
    }

    [Fact]
    public void A_request_without_output_has_no_first_token_and_keeps_its_failure()
    {
        var trace = Trace([]);
        trace.Finish(new("context_full", "no room"));

        var record = RequestRecords.From(trace, 0, new ManualClock());

        Assert.Null(record.FirstS);
        Assert.False(record.Ok);
        Assert.Equal(("context_full", 0), (record.Error?.Kind, record.Error?.AfterTokens));
    }

    [Fact]
    public void Output_that_nobody_counted_is_told_as_unknown_and_not_as_none()
    {
        var trace = new RequestTrace(Request, order: 0);
        trace.Add(new(TokenEventKind.Token, 7, 100, Tokens: TokenEvent.Unknown));
        trace.Finish(new("cut_stream", "gone"));

        var record = RequestRecords.From(trace, 0, new ManualClock());

        Assert.Null(record.TokenSource);
        Assert.Null(record.Error!.AfterTokens); // It failed.
    }

    [Fact]
    public void A_failure_and_an_answer_without_tokens_have_an_end_of_their_own()
    {
        RequestTrace[] traces = [Trace([1_100_000_000]), Trace([]), Trace([1_100_000_000])];
        traces[0].Take(new(TokenEventKind.Failed, 7, 1_200_000_000, Failure: new("idle_timeout", "silence")));
        traces[1].Take(new(TokenEventKind.Finished, 7, 1_200_000_000));
        traces[2].Take(new(TokenEventKind.Finished, 7, 1_200_000_000));

        Assert.Equal([0.2, 0.2, null], traces.Select(trace => RequestRecords.From(trace, 1_000_000_000, new ManualClock()).EndS));
    }

    [Fact]
    public void Arrivals_of_several_tokens_say_how_many()
    {
        var trace = new RequestTrace(Request, order: 0);
        trace.MarkSent(0, 0, keepTokens: false);
        trace.Add(new(TokenEventKind.Token, 7, 100, Tokens: 1));
        trace.Add(new(TokenEventKind.Token, 7, 200, Tokens: 4));
        trace.Add(new(TokenEventKind.Token, 7, 300, Tokens: 1));

        Assert.Equal([4, 1], RequestRecords.From(trace, 0, new ManualClock()).GapTokens ?? []);
        Assert.Equal(6, trace.OutputTokens);
    }

    [Fact]
    // Half a microsecond of rounding, and the tenth that TimeSpan does not see.
    public void Rounded_gaps_never_drift_from_the_whole() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>(), steps =>
        {
            var stamps = new List<long> { 1000 };
            foreach (var step in steps)
                stamps.Add(stamps[^1] + step.Get * 137L);
            var record = RequestRecords.From(Trace([.. stamps]), 0, new ManualClock());
            return Math.Abs((record.GapsUs?.Sum(g => (long)g) ?? 0) - (stamps[^1] - stamps[0]) / 1000.0) <= 0.61;
        }).QuickCheckThrowOnFailure();

    static RequestTrace Trace(long[] arrivals)
    {
        var trace = new RequestTrace(Request, order: 0);
        trace.MarkSent(1_050_000_000, 1_050_000_000, keepTokens: false);
        foreach (var arrival in arrivals)
            trace.Add(new(TokenEventKind.Token, 7, arrival, Tokens: 1));
        return trace;
    }
}
