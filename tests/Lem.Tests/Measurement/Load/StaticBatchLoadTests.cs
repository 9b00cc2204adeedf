using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Load;

public class StaticBatchLoadTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public async Task A_token_every_20_ms_is_recorded_as_such()
    {
        var outcome = await RunAsync(Engine(), [[Request(0, tokens: 5)]]);

        var arrivals = outcome.Requests[0].Arrivals.ToArray();
        Assert.Equal([100, 120, 140, 160, 180], arrivals.Select(a => (a - outcome.Open) / 1_000_000));
        Assert.Equal(5, outcome.Requests[0].OutputTokens);
    }

    [Fact]
    public async Task The_window_reaches_from_the_first_send_to_the_last_token()
    {
        var outcome = await RunAsync(Engine(), [[Request(0, 5)], [Request(1, 3)]]);

        Assert.Equal(180 + 140, (outcome.Close - outcome.Open) / 1_000_000);
    }

    [Fact]
    public async Task A_batch_that_fails_after_the_last_token_is_in_the_window()
    {
        var engine = new SteadyEngine(_clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20)) { TurnsAway = index => index > 0 };

        var outcome = await RunAsync(engine, [[Request(0, 5)], [Request(1, 5), Request(2, 5)]]);

        Assert.Equal(180 + 100, (outcome.Close - outcome.Open) / 1_000_000);
    }

    [Fact]
    public async Task The_next_batch_starts_when_the_last_is_done()
    {
        var outcome = await RunAsync(Engine(), [[Request(0, 5), Request(1, 2)], [Request(2, 1)]]);

        Assert.Equal(outcome.Batches[0].End, outcome.Batches[1].Start);
        Assert.Equal(outcome.Batches[0].Start, outcome.Requests[1].Sent);
        Assert.Equal(100, (outcome.Batches[0].PrefillEnd - outcome.Batches[0].Start) / 1_000_000);
    }

    [Fact]
    public async Task After_a_gentle_stop_the_batch_in_flight_finishes_and_no_other_starts()
    {
        using var stop = new CancellationTokenSource();
        var engine = Engine(beforeBatch: _ => stop.Cancel());

        var outcome = await RunAsync(engine, [[Request(0, 5)], [Request(1, 5)]], new(stop.Token, CancellationToken.None));

        Assert.True(outcome.Interrupted);
        var only = Assert.Single(outcome.Requests);
        Assert.Null(only.Failure);
    }

    [Fact]
    public async Task An_abandoned_request_is_a_failure_that_keeps_its_tokens()
    {
        using var abandon = new CancellationTokenSource();
        var engine = Engine(beforeBatch: _ => abandon.Cancel());

        var outcome = await RunAsync(engine, [[Request(0, 5)], [Request(1, 5)]], new(CancellationToken.None, abandon.Token));

        Assert.True(outcome.Interrupted);
        Assert.Equal("interrupted", Assert.Single(outcome.Requests).Failure?.Kind);
    }

    [Fact]
    public async Task A_breakdown_of_the_engine_ends_the_window_and_names_its_cause()
    {
        var outcome = await RunAsync(Engine(breaksAt: 1), [[Request(0, 5)], [Request(1, 5)], [Request(2, 5)]]);

        Assert.Equal("decode failed", outcome.EngineFailure?.Message);
        Assert.Equal([null, "engine_failed"], outcome.Requests.Select(r => r.Failure?.Kind));
    }

    [Fact]
    public async Task A_prompt_that_was_never_computed_counts_no_input_tokens()
    {
        var outcome = await RunAsync(Engine(breaksAt: 1), [[Request(0, 5)], [Request(1, 5)]]);

        Assert.Equal([3, 0], outcome.Requests.Select(r => r.InputTokens));
    }

    [Fact]
    public async Task Tokens_are_kept_only_when_asked_for()
    {
        var kept = await new StaticBatchLoad(Engine(), _clock, keepTokens: true).RunAsync([[Request(0, 3)]], _ => { }, LoadStops.None);
        var dropped = await RunAsync(Engine(), [[Request(0, 3)]]);

        Assert.Equal([65, 66, 67], kept.Requests[0].TokenIds.ToArray());
        Assert.True(dropped.Requests[0].TokenIds.IsEmpty);
    }

    [Fact]
    public async Task Stamps_beyond_the_first_buffer_are_kept_in_order()
    {
        var outcome = await RunAsync(Engine(), [[Request(0, 1000)]]);

        var arrivals = outcome.Requests[0].Arrivals.ToArray();
        Assert.Equal(1000, arrivals.Length);
        Assert.Equal(arrivals.Order(), arrivals);
    }

    SteadyEngine Engine(int breaksAt = -1, Action<int>? beforeBatch = null) =>
        new(_clock, prefill: TimeSpan.FromMilliseconds(100), perToken: TimeSpan.FromMilliseconds(20)) { BreaksAtBatch = breaksAt, BeforeBatch = beforeBatch };

    Task<WindowOutcome> RunAsync(IEngine engine, IReadOnlyList<IReadOnlyList<GenerationRequest>> batches, LoadStops? stops = null) =>
        new StaticBatchLoad(engine, _clock, keepTokens: false).RunAsync(batches, _ => { }, stops ?? LoadStops.None);

    static GenerationRequest Request(int index, int tokens) => new(index, [1, 2, 3], tokens, 0, false, new(Greedy: true), 1);
}
