using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;
using static Lem.Tests.Measurement.Engines.LlamaCpp.LlamaParts;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class LlamaCppEngineTests(LlamaParts parts)
{
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

        Assert.NotNull(tokens);
        Assert.Equal(1, tokens[0]);
        var text = await engine.DetokenizeAsync(tokens, TestContext.Current.CancellationToken);
        Assert.Equal("Grüße, 世界!", text?.Replace("<s>", "", StringComparison.Ordinal).Trim());
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
