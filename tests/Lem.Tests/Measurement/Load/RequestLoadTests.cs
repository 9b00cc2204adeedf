using System.Collections.Concurrent;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Load;

public sealed class RequestLoadTests
{
    static readonly TimeSpan Prefill = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    readonly ManualClock _clock = new();

    [Fact]
    public async Task One_user_waits_for_every_answer()
    {
        var outcome = await RunAsync(Requests(3), new FixedConcurrency(1));

        // 100 ms of prefill and four steps of 20 ms each.
        Assert.Equal([0, 180, 360], outcome.Requests.Select(r => Milliseconds(r.Intended)));
        Assert.All(outcome.Requests, r => Assert.Equal(r.Intended, r.Sent));
        Assert.Equal(540, Milliseconds(outcome.Close));
    }

    [Fact]
    public async Task Arrivals_do_not_wait_and_latency_counts_from_the_intended_start()
    {
        // The engine of the test holds up whoever calls it: what a slow machine would do to the sender.
        var outcome = await RunAsync(Requests(3), new TimedArrivals([0, 50_000_000, 1_000_000_000], null));

        Assert.Equal([0, 50, 1000], outcome.Requests.Select(r => Milliseconds(r.Intended)));
        Assert.Equal([0, 180, 1000], outcome.Requests.Select(r => Milliseconds(r.Sent)));
    }

    [Fact]
    public async Task A_limit_holds_requests_back_and_keeps_their_intended_start()
    {
        var engine = new HeldEngine();
        var load = new RequestLoad(engine, TimeProvider.System, (_, _) => { }, keepOutput: false);
        var running = load.RunAsync(Requests(5), new TimedArrivals([0, 0, 0, 0, 0], MaxConcurrency: 2), _ => { }, LoadStops.None);

        var inFlight = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            await engine.Entered.WaitAsync(TestContext.Current.CancellationToken);
            if (i > 0)
                inFlight.Add(engine.InFlight);
            if (i >= 1)
                engine.ReleaseOne();
        }

        engine.ReleaseOne();
        var outcome = await running;
        Assert.All(inFlight, n => Assert.InRange(n, 1, 2));
        Assert.All(outcome.Requests, r => Assert.Equal(outcome.Open, r.Intended));
        Assert.Equal(5, outcome.Requests.Count);
    }

    [Fact]
    public async Task More_arrivals_than_are_kept_in_mind_are_all_waited_for()
    {
        var engine = new HeldEngine();
        var load = new RequestLoad(engine, TimeProvider.System, (_, _) => { }, keepOutput: false);
        var running = load.RunAsync(Requests(3000), new TimedArrivals(new long[3000], null), _ => { }, LoadStops.None);

        // Some are answered while others come, and more are under way than the first room is for.
        for (var i = 0; i < 3000; i++)
        {
            await engine.Entered.WaitAsync(TestContext.Current.CancellationToken);
            if (i % 3 == 0)
                engine.ReleaseOne();
        }

        Assert.False(running.IsCompleted);
        for (var i = 0; i < 2000; i++)
            engine.ReleaseOne();
        Assert.Equal(3000, (await running).Requests.Count(r => r is { IsDone: true, Failure: null }));
    }

    [Fact]
    public async Task So_many_users_are_under_way_at_once()
    {
        var engine = new HeldEngine();
        var load = new RequestLoad(engine, TimeProvider.System, (_, _) => { }, keepOutput: false);
        var running = load.RunAsync(Requests(6), new FixedConcurrency(3), _ => { }, LoadStops.None);
        for (var i = 0; i < 3; i++)
            await engine.Entered.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, engine.InFlight);
        for (var i = 0; i < 6; i++)
            engine.ReleaseOne();
        Assert.Equal(6, (await running).Requests.Count(r => r.IsDone));
    }

    [Fact]
    public async Task A_stop_sends_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        var done = 0;
        var load = new RequestLoad(Engine(), _clock, Pace, keepOutput: false);

        var outcome = await load.RunAsync(Requests(5), new FixedConcurrency(1), _ =>
        {
            if (++done == 2)
                stop.Cancel();
        }, new LoadStops(stop.Token, CancellationToken.None));

        Assert.True(outcome.Interrupted);
        Assert.Equal((2, true), (outcome.Requests.Count, outcome.Requests.All(r => r.Failure is null)));
    }

    [Fact]
    public async Task What_is_in_flight_is_a_failure_when_it_is_given_up()
    {
        using var abandon = new CancellationTokenSource();
        var engine = new HeldEngine();
        var load = new RequestLoad(engine, TimeProvider.System, (_, _) => { }, keepOutput: false);
        var running = load.RunAsync(Requests(2), new FixedConcurrency(1), _ => { }, new LoadStops(abandon.Token, abandon.Token));
        await engine.Entered.WaitAsync(TestContext.Current.CancellationToken);

        await abandon.CancelAsync();

        var outcome = await running;
        Assert.Equal("interrupted", Assert.Single(outcome.Requests).Failure?.Kind);
        Assert.True(outcome.Interrupted);
    }

    [Fact]
    public async Task A_broken_engine_ends_the_load_and_what_came_before_stands()
    {
        var engine = new SteadyEngine(_clock, Prefill, Step) { BreaksAtBatch = 2 };
        var outcome = await new RequestLoad(engine, _clock, Pace, keepOutput: false).RunAsync(Requests(6), new FixedConcurrency(1), _ => { }, LoadStops.None);

        Assert.Equal("decode failed", outcome.EngineFailure?.Message);
        Assert.Equal([null, null, "engine_failed"], outcome.Requests.Select(r => r.Failure?.Kind));
    }

    [Fact]
    public async Task Requests_that_fail_after_the_last_token_are_in_the_window_to_their_end()
    {
        var engine = new SteadyEngine(_clock, Prefill, Step) { TurnsAway = index => index >= 2 };
        var load = new RequestLoad(engine, _clock, Pace, keepOutput: false);

        var outcome = await load.RunAsync(Requests(4), new TimedArrivals([0, 1_000_000_000, 2_000_000_000, 3_000_000_000], null), _ => { }, LoadStops.None);

        Assert.Equal([180, 1180, 2100, 3100], outcome.Requests.Select(r => Milliseconds(r.End ?? 0)));
        Assert.Equal(3100, Milliseconds(outcome.Close));
    }

    [Fact]
    public async Task A_request_that_is_given_up_stretches_the_window_to_its_last_token_only()
    {
        using var abandon = new CancellationTokenSource();
        var engine = new SteadyEngine(_clock, Prefill, Step) { BeforeBatch = GiveUp };

        var outcome = await new RequestLoad(engine, _clock, Pace, keepOutput: false)
            .RunAsync(Requests(2), new FixedConcurrency(1), _ => { }, new LoadStops(CancellationToken.None, abandon.Token));

        Assert.Equal(["interrupted"], outcome.Requests.Select(r => r.Failure?.Kind).OfType<string>());
        Assert.Equal((180, 280), (Milliseconds(outcome.Close), Milliseconds(outcome.Requests[1].End ?? 0)));

        void GiveUp(int batch)
        {
            if (batch == 1)
                abandon.Cancel();
        }
    }

    [Fact]
    public async Task What_an_engine_did_until_it_broke_down_is_in_the_window()
    {
        var engine = new SteadyEngine(_clock, Prefill, Step)
        {
            BreaksAtBatch = 1,
            BeforeBatch = batch => _clock.Advance(batch == 1 ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero),
        };

        var outcome = await new RequestLoad(engine, _clock, Pace, keepOutput: false).RunAsync(Requests(2), new FixedConcurrency(1), _ => { }, LoadStops.None);

        Assert.Equal(230, Milliseconds(outcome.Close));
    }

    [Fact]
    public async Task Who_is_told_of_answers_holds_up_no_send()
    {
        var engine = new HeldEngine();
        using var telling = new ManualResetEventSlim();
        var sent = false;
        var paced = 0;
        var load = new RequestLoad(engine, TimeProvider.System, WaitUntilTold, keepOutput: false);

        await load.RunAsync(Requests(2), new TimedArrivals([0, 1], null), trace =>
        {
            if (trace.Order == 1)
                return;
            telling.Set();
            engine.Entered.Wait(TestContext.Current.CancellationToken);
            sent = engine.Entered.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            engine.ReleaseOne();
        }, LoadStops.None);

        Assert.True(sent);

        // The second request is due while the first one's answer is being told.
        void WaitUntilTold(long due, CancellationToken stop)
        {
            if (paced++ == 0)
                return;
            engine.ReleaseOne();
            telling.Wait(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Each_request_is_told_of_once()
    {
        var told = new ConcurrentBag<int>();
        var engine = new HeldEngine();
        for (var i = 0; i < 50; i++)
            engine.ReleaseOne();

        var load = new RequestLoad(engine, TimeProvider.System, (_, _) => { }, keepOutput: false);
        await load.RunAsync(Requests(50), new FixedConcurrency(8), trace => told.Add(trace.Order), LoadStops.None);

        Assert.Equal(Enumerable.Range(0, 50), told.Order());
    }

    Task<WindowOutcome> RunAsync(GenerationRequest[] requests, LoadShape shape) =>
        new RequestLoad(Engine(), _clock, Pace, keepOutput: false).RunAsync(requests, shape, _ => { }, LoadStops.None);

    SteadyEngine Engine() => new(_clock, Prefill, Step);

    // Waiting moves the clock on.
    void Pace(long due, CancellationToken stop)
    {
        if (due > _clock.GetTimestamp())
            _clock.Advance(TimeSpan.FromTicks((due - _clock.GetTimestamp()) / 100));
    }

    static double Milliseconds(long stamp) => stamp / 1e6;

    static GenerationRequest[] Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new GenerationRequest(i, [1, 2], 5, 0, true, new(Greedy: true), 1))];
}
