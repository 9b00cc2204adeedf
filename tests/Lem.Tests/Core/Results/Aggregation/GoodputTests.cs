using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public sealed class GoodputTests
{
    // Ten answers, the last of them without a token: the server said at once that it was at its end.
    static readonly RequestRecord[] OneEmpty =
        [.. SampleLoad.Answered(9, SampleLoad.Rate), SampleLoad.Answer(9, 2, 2) with { FirstS = null, LastS = null, OutputTokens = 0, GapsUs = [], EndS = 2.05 }];

    [Theory]
    [InlineData(200.0, null, null, 9)]
    [InlineData(null, 30.0, null, 9)]
    [InlineData(200.0, 30.0, 500.0, 9)]
    [InlineData(null, null, 500.0, 10)]
    [InlineData(null, null, 170.0, 1)]
    public void An_answer_without_tokens_keeps_no_limit_of_tokens_but_one_of_its_end(double? ttftMs, double? tpotMs, double? e2eMs, int good)
    {
        var latency = SampleLoad.Result(OneEmpty, new(ttftMs, tpotMs, e2eMs)).LatencyStats;

        Assert.Equal((good, good / SampleRun.WindowSec), (latency.GoodRequests, latency.Goodput));
    }

    [Fact]
    public void Tokens_without_stamps_leave_goodput_unknown()
    {
        var unstamped = SampleLoad.Answer(9, 2, 2) with { FirstS = null, LastS = null, GapsUs = null };

        Assert.Null(SampleLoad.Result([.. OneEmpty, unstamped], new(TtftMs: 200)).LatencyStats.Goodput);
    }

    [Fact]
    public void An_answer_without_tokens_has_no_latency() => Assert.Equal(9, SampleLoad.Result(OneEmpty).LatencyStats.E2e.N);
}
