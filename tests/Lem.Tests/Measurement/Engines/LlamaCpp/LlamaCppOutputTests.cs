using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;
using static Lem.Tests.Measurement.Engines.LlamaCpp.LlamaParts;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class LlamaCppOutputTests(LlamaParts parts)
{
    static readonly SamplingSettings Sampled = new(Greedy: false, Temperature: 1.2, TopK: 50, TopP: 0.95, MinP: 0.01, RepetitionPenalty: 1.1);

    // Nearly every token as likely as any other, the end of text among them.
    static readonly SamplingSettings Wild = new(Greedy: false, Temperature: 5);

    [Theory]
    [InlineData("f32")]
    [InlineData("f16")]
    [InlineData("bf16")]
    public async Task Equal_seeds_give_equal_tokens(string dtype)
    {
        await using var engine = await parts.LoadedAsync(dtype);
        var requests = Requests(4, maxTokens: 24, Sampled);

        Assert.Equal(await TokensAsync(engine, requests), await TokensAsync(engine, requests));
    }

    [Fact]
    public async Task Equal_seeds_give_equal_tokens_after_loading_again()
    {
        await using var engine = await parts.LoadedAsync();
        var requests = Requests(4, maxTokens: 24, Sampled);
        var first = await TokensAsync(engine, requests);

        await engine.UnloadAsync(TestContext.Current.CancellationToken);
        await engine.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(first, await TokensAsync(engine, requests));
    }

    [Fact]
    public async Task Other_seeds_give_other_tokens()
    {
        await using var engine = await parts.LoadedAsync();
        var request = Requests(1, maxTokens: 24, Sampled)[0];

        var first = await TokensAsync(engine, request);
        var second = await TokensAsync(engine, request with { Seed = 7 });

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_seed_that_llama_cpp_takes_for_random_is_no_exception()
    {
        await using var engine = await parts.LoadedAsync();
        var request = Requests(1, maxTokens: 24, Sampled)[0] with { Seed = uint.MaxValue };

        Assert.Equal(await TokensAsync(engine, request), await TokensAsync(engine, request));
    }

    // Batch sizes choose other kernels, which add in another order. Where a row of the batch first differs from the same request alone, the two
    // best logits there must be as close as rounding is: a real mistake (a neighbour's cache, a wrong position) differs by whole units.
    [Theory]
    [InlineData("f32", false)]
    [InlineData("f16", false)]
    [InlineData("bf16", false)]
    [InlineData("f16", true)]
    public async Task Greedy_rows_of_a_batch_equal_the_same_requests_alone_up_to_ties(string dtype, bool unified)
    {
        const float Tie = 0.01f;
        var options = new LlamaCppOptions(parts.Model(dtype), MaxBatch: 8, TokensPerRequest: 256, Threads: 1, KvUnified: unified);
        await using var engine = await parts.LoadedAsync(options);
        var requests = Requests(8, maxTokens: 48);

        var together = await TokensAsync(engine, requests);

        var equalPrefix = 0;
        foreach (var (request, row) in requests.Zip(together))
        {
            var alone = (await TokensAsync(engine, request))[0];
            var same = row.Zip(alone).TakeWhile(pair => pair.First == pair.Second).Count();
            equalPrefix += same;
            if (same < alone.Length)
                Assert.InRange(engine.TopGapAfter([.. request.Prompt, .. alone.Take(same)]), 0, Tie);
        }

        // Ties are rare: if most of the tokens did not agree, "up to ties" would excuse anything.
        Assert.True(equalPrefix > requests.Length * 48 / 2, $"only {equalPrefix} tokens agree");
    }

    [Fact]
    public async Task Sampled_rows_do_not_depend_on_who_else_is_in_the_batch()
    {
        // In f32 throughout, so that rounding cannot move a draw over the border between two candidates.
        await using var engine = await parts.LoadedAsync(new LlamaCppOptions(
            parts.Model("f32"), MaxBatch: 8, TokensPerRequest: 256, Threads: 1, KeyType: "f32", ValueType: "f32", FlashAttention: "off"));
        var requests = Requests(8, maxTokens: 16, Sampled);

        var together = await TokensAsync(engine, requests);

        foreach (var (request, row) in requests.Zip(together))
            Assert.Equal(row, (await TokensAsync(engine, request))[0]);
    }

    [Fact]
    public async Task A_row_ends_with_the_token_that_ends_the_text_and_nothing_is_counted_after_it()
    {
        await using var engine = await parts.LoadedAsync(new LlamaCppOptions(parts.SmallestModel(), MaxBatch: 8, TokensPerRequest: 512, Threads: 1));

        var rows = await TokensAsync(engine, Requests(8, maxTokens: 400, Wild, ignoreEos: false));

        Assert.Contains(rows, row => row.Length < 400);
        Assert.All(rows, row => Assert.DoesNotContain(2, row[..^1]));
        Assert.All(rows.Where(row => row.Length < 400), row => Assert.Equal(2, row[^1]));
    }

    [Fact]
    public async Task Rows_of_different_lengths_have_exactly_their_own()
    {
        await using var engine = await parts.LoadedAsync();
        var requests = Requests(6, maxTokens: 1).Select((request, i) => request with { MaxTokens = 1 + i * 7 % 13 }).ToArray();

        var rows = await TokensAsync(engine, requests);

        Assert.Equal(requests.Select(request => request.MaxTokens), rows.Select(row => row.Length));
    }

    [Fact]
    public async Task Ignoring_the_end_of_text_gives_the_full_length_without_it()
    {
        await using var engine = await parts.LoadedAsync(new LlamaCppOptions(parts.SmallestModel(), MaxBatch: 8, TokensPerRequest: 512, Threads: 1));

        var rows = await TokensAsync(engine, Requests(8, maxTokens: 400, Wild, ignoreEos: true));

        Assert.All(rows, row => Assert.Equal(400, row.Length));
        Assert.All(rows, row => Assert.DoesNotContain(2, row));
    }

    [Fact]
    public async Task The_end_of_text_is_not_accepted_before_the_least_output()
    {
        await using var engine = await parts.LoadedAsync(new LlamaCppOptions(parts.SmallestModel(), MaxBatch: 8, TokensPerRequest: 512, Threads: 1));
        var requests = Requests(8, maxTokens: 400, Wild, ignoreEos: false).Select(request => request with { MinTokens = 150 }).ToArray();

        var rows = await TokensAsync(engine, requests);

        Assert.All(rows, row => Assert.True(row.Length > 150));
        Assert.Contains(rows, row => row.Length < 400);
    }
}
