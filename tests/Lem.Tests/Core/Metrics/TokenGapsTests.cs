using Lem.Core.Metrics;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Metrics;

public class TokenGapsTests
{
    [Fact]
    public void One_token_per_arrival_gives_every_gap()
    {
        var gaps = Of(Request(4, [10_000, 20_000, 30_000], null));

        Assert.Equal((3, 20.0), (gaps.Tokens.Count, gaps.Tokens.SummariseMs().Mean!.Value));
        Assert.Equal((3, 20.0), (gaps.Chunks.Count, gaps.Chunks.SummariseMs().Mean!.Value));
    }

    [Fact]
    public void A_gap_is_spread_over_the_tokens_of_its_arrival()
    {
        var tokens = Of(Request(7, [30_000, 30_000], [3, 3])).Tokens.SummariseMs();

        Assert.Equal((6, 10.0, 10.0), (tokens.N, tokens.Min!.Value, tokens.Max!.Value));
    }

    [Fact]
    public void An_arrival_without_tokens_lengthens_the_next_gap()
    {
        var tokens = Of(Request(2, [10_000, 5_000], [0, 1])).Tokens.SummariseMs();

        Assert.Equal((1, 15.0), (tokens.N, tokens.Mean!.Value));
    }

    [Fact]
    public void Unknown_tokens_per_arrival_leave_only_chunk_gaps()
    {
        var gaps = Of(Request(50, [10_000, 20_000, 30_000], null));

        Assert.Equal((0, 3, 1), (gaps.Tokens.Count, gaps.Chunks.Count, gaps.Unknown));
    }

    [Fact]
    public void Trimming_drops_the_first_and_the_last_gap()
    {
        var trimmed = Of(Request(5, [99_000, 10_000, 12_000, 99_000], null)).Trimmed.SummariseMs();

        Assert.Equal((2, 10.0, 12.0), (trimmed.N, trimmed.Min!.Value, trimmed.Max!.Value));
        Assert.Equal(0, Of(Request(3, [10_000, 12_000], null)).Trimmed.Count);
    }

    static TokenGaps Of(RequestRecord request)
    {
        var gaps = new TokenGaps();
        gaps.Add(request);
        return gaps;
    }

    static RequestRecord Request(int outputTokens, int[] gapsUs, int[]? gapTokens) =>
        new(0, 0, 0, 0, 0.1, 1, 8, outputTokens, "usage", gapsUs, gapTokens, true, null);
}
