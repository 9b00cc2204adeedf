using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;
using static Lem.Tests.Measurement.Engines.LlamaCpp.LlamaParts;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class ContinuousBatchTests(LlamaParts parts)
{
    // In float32 the same sum in another order differs by less.
    const float Tie = 0.01f;

    [Fact]
    public async Task Requests_that_share_their_steps_answer_as_if_each_were_alone()
    {
        var requests = Requests(7, maxTokens: 24);
        await using var shared = await ContinuousAsync(slots: 3);
        var together = await Task.WhenAll(requests.Select(async request => (await TokensAsync(shared, request))[0]));

        await using var engine = await parts.LoadedAsync();
        var equal = 0;
        foreach (var (request, answer) in requests.Zip(together))
        {
            Assert.Equal(24, answer.Length);
            var alone = (await TokensAsync(engine, request))[0];
            var same = answer.Zip(alone).TakeWhile(pair => pair.First == pair.Second).Count();
            equal += same;
            if (same < alone.Length)
                Assert.InRange(engine.TopGapAfter([.. request.Prompt, .. alone.Take(same)]), 0, Tie);
        }

        Assert.True(equal > requests.Length * 12, $"only {equal} tokens agree");
    }

    [Fact]
    public async Task A_request_goes_through_its_phases_in_order()
    {
        await using var engine = await ContinuousAsync(slots: 2);

        var events = await EventsAsync(engine, Requests(1, maxTokens: 3));

        Assert.Equal(
            [TokenEventKind.PrefillStarted, TokenEventKind.PrefillEnded, TokenEventKind.Token, TokenEventKind.Token, TokenEventKind.Token, TokenEventKind.Finished],
            events.Select(e => e.Kind));
        Assert.Equal(events.Select(e => e.Timestamp).Order(), events.Select(e => e.Timestamp));
    }

    [Fact]
    public async Task A_prompt_longer_than_a_step_takes_several_and_lets_the_others_go_on()
    {
        await using var engine = await parts.LoadedAsync(Options(slots: 2) with { BatchTokens = 8, MicroBatchTokens = 8 });
        var requests = Requests(2, maxTokens: 6).Select(r => r with { Prompt = [1, .. Enumerable.Range(3, 40 + r.Index)] }).ToArray();

        var answers = await Task.WhenAll(requests.Select(request => TokensAsync(engine, request)));

        Assert.All(answers, answer => Assert.Equal(6, answer[0].Length));
    }

    [Fact]
    public async Task A_prompt_that_does_not_fit_fails_alone()
    {
        await using var engine = await ContinuousAsync(slots: 2, tokens: 64);
        var good = Requests(1, maxTokens: 4)[0];
        var tooLong = good with { Index = 1, Prompt = [.. Enumerable.Repeat(3, 1000)] };

        var both = await Task.WhenAll(EventsAsync(engine, tooLong), EventsAsync(engine, good));

        Assert.Equal("context_full", both[0][^1].Failure?.Kind);
        Assert.Equal(TokenEventKind.Finished, both[1][^1].Kind);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_slot_to_the_next()
    {
        await using var engine = await ContinuousAsync(slots: 1, tokens: 4096);
        using var abandon = new CancellationTokenSource();
        var endless = Requests(1, maxTokens: 4000)[0];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var e in engine.GenerateAsync([endless], abandon.Token))
                if (e.Kind == TokenEventKind.Token)
                    await abandon.CancelAsync();
        });

        Assert.Equal(5, (await TokensAsync(engine, Requests(1, maxTokens: 5)))[0].Length);
    }

    Task<LlamaCppEngine> ContinuousAsync(int slots, int tokens = 256) => parts.LoadedAsync(Options(slots, tokens));

    LlamaCppOptions Options(int slots, int tokens = 256) => new(parts.Model(), slots, TokensPerRequest: tokens, Threads: 1, IsContinuous: true);
}
