using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;
using static Lem.Tests.Measurement.Engines.LlamaCpp.LlamaParts;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class LlamaCppEngineTests(LlamaParts parts)
{
    static readonly SamplingSettings Sampled = new(Greedy: false, Temperature: 1.2, TopK: 50, TopP: 0.95, MinP: 0.01, RepetitionPenalty: 1.1);

    // Nearly every token as likely as any other, the end of text among them.
    static readonly SamplingSettings Wild = new(Greedy: false, Temperature: 5);

    [Theory]
    [InlineData("f32", 1)]
    [InlineData("f32", 8)]
    [InlineData("f16", 1)]
    [InlineData("f16", 8)]
    [InlineData("bf16", 1)]
    [InlineData("bf16", 8)]
    public async Task A_batch_tells_its_phases_and_every_token_in_order_of_time(string dtype, int rows)
    {
        await using var engine = await parts.LoadedAsync(dtype, rows);

        var events = await EventsAsync(engine, Requests(rows, maxTokens: 12));

        Assert.Equal(TokenEventKind.PrefillStarted, events[0].Kind);
        Assert.Equal(TokenEventKind.PrefillEnded, events[1].Kind);
        Assert.True(events[1].Timestamp > events[0].Timestamp);
        Assert.Equal(events.Select(e => e.Timestamp).Order(), events.Select(e => e.Timestamp));
        foreach (var request in Enumerable.Range(0, rows))
        {
            var own = events.Where(e => e.Request == request).ToArray();
            Assert.Equal(12, own.Count(e => e.Kind == TokenEventKind.Token));
            Assert.Equal(TokenEventKind.Finished, own[^1].Kind);
            Assert.Single(own, e => e.Kind == TokenEventKind.Finished);
            Assert.Equal(events[1].Timestamp, own[0].Timestamp);
        }
    }

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

    [Fact]
    public async Task Prompts_longer_than_one_call_takes_give_the_same_tokens()
    {
        var requests = Requests(3, maxTokens: 16).Select(request => request with
        {
            Prompt = [1, .. Enumerable.Range(0, 100 + request.Index).Select(k => 3 + k * 7 % 256)],
        }).ToArray();
        await using var whole = await parts.LoadedAsync();
        await using var chunked = await parts.LoadedAsync(
            new LlamaCppOptions(parts.Model(), MaxBatch: 8, TokensPerRequest: 256, Threads: 1, BatchTokens: 32, MicroBatchTokens: 32));

        Assert.Equal(await TokensAsync(whole, requests), await TokensAsync(chunked, requests));
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_fails_alone()
    {
        await using var engine = await parts.LoadedAsync(tokens: 256);
        var requests = Requests(2, maxTokens: 4);
        requests[0] = requests[0] with { Prompt = [.. Enumerable.Repeat(5, 300)] };

        var events = await EventsAsync(engine, requests);

        Assert.Equal("context_full", Assert.Single(events, e => e.Kind == TokenEventKind.Failed).Failure?.Kind);
        Assert.Equal(1, Assert.Single(events, e => e.Kind == TokenEventKind.Finished).Request);
        Assert.Equal(4, events.Count(e => e.Kind == TokenEventKind.Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_that_fills_the_context_fails_and_what_came_before_stands(bool unified)
    {
        await using var engine = await parts.LoadedAsync(
            new LlamaCppOptions(parts.Model(), MaxBatch: 1, TokensPerRequest: 256, Threads: 1, KvUnified: unified));
        var request = Requests(1, maxTokens: 400)[0];

        var events = await EventsAsync(engine, request);

        // The last cell is used, and the token chosen from it still counts.
        Assert.Equal(256 - request.Prompt.Count + 1, events.Count(e => e.Kind == TokenEventKind.Token));
        Assert.Equal("context_full", events[^1].Failure?.Kind);
    }

    [Theory]
    [InlineData("empty_prompt", new int[0])]
    [InlineData("invalid_token", new[] { 1, 1 << 20 })]
    [InlineData("invalid_token", new[] { 1, -1 })]
    public async Task A_prompt_the_model_cannot_take_is_a_failed_request(string kind, int[] prompt)
    {
        await using var engine = await parts.LoadedAsync();

        var events = await EventsAsync(engine, Requests(1, maxTokens: 4)[0] with { Prompt = prompt });

        Assert.Equal(kind, Assert.Single(events, e => e.Kind == TokenEventKind.Failed).Failure?.Kind);
        Assert.DoesNotContain(events, e => e.Kind is TokenEventKind.Token or TokenEventKind.Finished);
    }

    [Fact]
    public async Task Cancelling_ends_a_batch_between_steps_and_the_next_batch_runs()
    {
        await using var engine = await parts.LoadedAsync(tokens: 1024);
        using var stop = new CancellationTokenSource();
        var tokens = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var e in engine.GenerateAsync(Requests(2, maxTokens: 900), stop.Token))
                if (e.Kind == TokenEventKind.Token && ++tokens == 10)
                    await stop.CancelAsync();
        });

        Assert.InRange(tokens, 10, 12);
        Assert.Equal(4, (await TokensAsync(engine, Requests(1, maxTokens: 4)))[0].Length);
    }

    [Fact]
    public async Task Text_becomes_tokens_and_text_again()
    {
        await using var engine = await parts.LoadedAsync();

        var tokens = await engine.TokenizeAsync("Grüße, 世界!", TestContext.Current.CancellationToken);

        Assert.Equal(1, tokens[0]);
        Assert.Equal("Grüße, 世界!", engine.Detokenize(tokens).Replace("<s>", "", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public async Task The_description_tells_what_really_runs()
    {
        Require();
        await using var engine = new LlamaCppEngine(
            new LlamaCppOptions(parts.Model("bf16"), MaxBatch: 3, TokensPerRequest: 300, Threads: 2, KeyType: "q8_0"), TimeProvider.System);

        var description = await engine.LoadAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("0.5.0", description.Version, StringComparison.Ordinal);
        Assert.Equal("bf16", description.ComputePrecision);
        Assert.True(description.Synthetic);
        Assert.Equal(512, description.ContextTokens);
        Assert.Equal(["cpu"], description.Devices);
        Assert.Equal(3 * 512, (int?)description.Effective["n_ctx"]);
        Assert.Equal(2, (int?)description.Effective["n_threads"]);
        Assert.Equal("q8_0", (string?)description.Effective["type_k"]);
        Assert.Equal("f16", (string?)description.Effective["type_v"]);
        Assert.Empty(engine.TakeFindings());
        Assert.NotEmpty(engine.LogLines);
    }

    [Fact]
    public async Task A_GPU_that_was_asked_for_and_is_not_there_is_a_finding()
    {
        await using var engine = await parts.LoadedAsync(new LlamaCppOptions(parts.Model(), TokensPerRequest: 256, Threads: 1, GpuLayers: 10));

        Assert.Contains(engine.TakeFindings(), finding => finding.Code == "gpu_not_used");
        Assert.Empty(engine.TakeFindings());
    }

    [Fact]
    public async Task Unloading_gives_the_memory_back()
    {
        var engine = await parts.LoadedAsync(
            new LlamaCppOptions(parts.Model(shape: "15m"), MaxBatch: 8, TokensPerRequest: 8192, Threads: 1, LoadMode: "read"));
        await TokensAsync(engine, Requests(2, maxTokens: 2));
        var memory = engine.Memory();
        engine.TakeFindings();

        await engine.UnloadAsync(TestContext.Current.CancellationToken);

        Assert.True(memory.ModelBytes + memory.CacheBytes > 100 << 20, $"too small to show anything: {memory}");
        Assert.True(memory.PeakBytes > memory.ModelBytes + memory.CacheBytes);
        Assert.Empty(engine.TakeFindings());
        await engine.DisposeAsync();
    }
}
