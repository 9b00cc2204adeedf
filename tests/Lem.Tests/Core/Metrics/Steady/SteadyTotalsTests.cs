using Lem.Core.Metrics.Steady;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Metrics.Steady;

public class SteadyTotalsTests
{
    // First token at 1 s, then one each 100 ms: eleven tokens until 2 s.
    static readonly RequestRecord Request = new(0, 0, 0, 0, 1, 2, 7, 11, "engine", [.. Enumerable.Repeat(100_000, 10)], null, true, null);

    [Theory]
    [InlineData(0.0, 3.0, 7, 11)]
    [InlineData(1.0, 2.0, 7, 11)]
    [InlineData(1.45, 3.0, 0, 6)]
    [InlineData(0.0, 1.45, 7, 5)]
    [InlineData(2.5, 3.0, 0, 0)]
    public void Tokens_count_where_they_arrive_and_prompts_with_their_first(double start, double end, double input, double output)
    {
        var totals = new SteadyTotals(start, end);
        totals.Add(Request);

        Assert.Equal((input, output), (totals.InputTokens, totals.OutputTokens));
    }

    [Fact]
    public void Arrivals_of_several_tokens_count_as_many()
    {
        var totals = new SteadyTotals(1.45, 3);
        totals.Add(Request with { OutputTokens = 12, GapsUs = [400_000, 600_000], GapTokens = [4, 6] });

        Assert.Equal(6, totals.OutputTokens);
    }

    [Fact]
    public void Without_stamps_tokens_are_spread_evenly()
    {
        var totals = new SteadyTotals(1.5, 3);
        totals.Add(Request with { GapsUs = null });

        Assert.Equal(5.5, totals.OutputTokens, 9);
    }

    [Fact]
    public void TPOT_is_that_of_whole_requests()
    {
        var totals = new SteadyTotals(0, 2.5);
        totals.Add(Request);
        totals.Add(Request with { FirstS = 2, LastS = 3 });
        totals.Add(Request with { FirstS = null, LastS = null });

        Assert.Equal(100, totals.TpotMs ?? double.NaN, 9);
    }
}
