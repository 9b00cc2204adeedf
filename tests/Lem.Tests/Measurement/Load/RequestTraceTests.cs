using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Xunit;

namespace Lem.Tests.Measurement.Load;

public class RequestTraceTests
{
    [Fact]
    public void More_stamps_than_the_first_buffer_holds_are_kept_in_order()
    {
        var trace = Answered(first: 1000, tokens: 700);

        Assert.Equal([.. Enumerable.Range(1000, 700)], trace.Arrivals.ToArray());
        Assert.Equal((1000, 1699, 700, 700), (trace.FirstArrival, trace.LastArrival, trace.ArrivalCount, trace.OutputTokens));
    }

    [Fact]
    public void A_forgotten_trace_still_knows_its_first_and_last_stamp_and_how_many_there_were()
    {
        var trace = Answered(first: 1000, tokens: 300);
        trace.Finish(null);

        trace.Forget();

        Assert.Equal((1000, 1299, 300, 300), (trace.FirstArrival, trace.LastArrival, trace.ArrivalCount, trace.OutputTokens));
        Assert.True(trace.Arrivals.IsEmpty && trace.TokensPerArrival.IsEmpty);
    }

    [Fact]
    public void Stamps_of_one_request_never_show_in_another()
    {
        var done = Answered(first: 1000, tokens: 300);
        var open = Answered(first: 5000, tokens: 300);
        done.Forget();

        var next = Answered(first: 9000, tokens: 300);

        Assert.Equal([.. Enumerable.Range(5000, 300)], open.Arrivals.ToArray());
        Assert.Equal([.. Enumerable.Range(9000, 300)], next.Arrivals.ToArray());
    }

    static RequestTrace Answered(int first, int tokens)
    {
        var trace = new RequestTrace(new(0, [1], MaxTokens: 1000, MinTokens: 0, IgnoreEos: true, new(Greedy: true), Seed: 1), order: 0);
        for (var i = 0; i < tokens; i++)
            trace.Add(new(TokenEventKind.Token, 0, first + i, Tokens: 1));
        return trace;
    }
}
