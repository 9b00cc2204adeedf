using System.Net.Sockets;
using Xunit;

namespace Lem.Tests.Shared.Serving;

/// <summary>When the mock server sends what, and what it remembers of it.</summary>
public sealed class MockServerTests
{
    const string Streamed = """{"model": "mock", "prompt": "Hello", "max_tokens": 64, "stream": true}""";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_leave_at_their_times()
    {
        await using var server = MockServer.Start(new(TtftMs: 150, ItlMs: 10));
        using var client = new MockClient(server, Cancel);

        // A machine that is busy with something else may wake the server late, but not every time; the first time compiles.
        var onTime = false;
        for (var attempt = 0; attempt < 6 && !onTime; attempt++)
        {
            var events = await client.StreamAsync(Streamed);

            var request = server.Log.Requests[attempt];
            var start = request.Started!.Value; // Set, since it was served.
            var lateMs = request.Sends.Select((send, i) => (send.At - start - 150e6 - (i * 10e6)) / 1e6).ToList();
            Assert.Equal(64, lateMs.Count);
            Assert.All(lateMs, late => Assert.InRange(late, 0, double.MaxValue));
            // What comes in was sent before, by the same clock.
            Assert.All(request.Sends.Zip(events), pair => Assert.InRange(pair.Second.At - pair.First.At, 0, long.MaxValue));
            // Who is late does not shift the others.
            onTime = lateMs.Chunk(16).All(quarter => quarter.Min() <= 0.2);
        }

        Assert.True(onTime);
    }

    [Fact]
    public void Jitter_is_the_same_for_the_same_seed_and_stays_within_its_bounds()
    {
        var call = GenerationCallReader.Read(false, """{"model": "mock", "prompt": "a", "max_tokens": 50}"""u8.ToArray());
        long[] Gaps(int seed, int number)
        {
            var plan = ServicePlan.For(number, call, 0, null, new(ItlMs: 10, JitterMs: 4, Seed: seed));
            return [.. Enumerable.Range(1, 49).Select(plan.Gap)];
        }

        Assert.Equal(Gaps(1, 0), Gaps(1, 0));
        Assert.NotEqual(Gaps(1, 0), Gaps(2, 0));
        Assert.NotEqual(Gaps(1, 0), Gaps(1, 1));
        Assert.All(Gaps(1, 0), gap => Assert.InRange(gap, 6_000_000, 14_000_000));
        Assert.Equal(49, Gaps(1, 0).Distinct().Count());
    }

    [Fact]
    public async Task Four_tokens_a_chunk_are_four_tokens_and_one_event()
    {
        await using var server = MockServer.Start(new(ItlMs: 1, TokensPerChunk: 4));
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync(Streamed);

        Assert.Equal(16 + 1, events.Count);
        Assert.All(server.Log.Requests[0].Sends, send => Assert.Equal(4, send.Tokens));
    }

    [Fact]
    public async Task A_flood_brings_every_token()
    {
        await using var server = MockServer.Start(new());
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync("""{"model": "mock", "prompt": "a", "max_tokens": 100000, "stream": true}""");

        Assert.Equal(100_000 + 1, events.Count);
        Assert.Equal(100_000, server.Log.Requests[0].SentTokens);
        Assert.InRange(server.Log.Requests[0].Sends.Count, 2, 2000);
    }

    [Fact]
    public async Task Who_finds_no_place_waits()
    {
        await using var server = MockServer.Start(new(TtftMs: 20, ItlMs: 1, MaxRunning: 2));
        using var client = new MockClient(server, Cancel);

        const string Five = """{"model": "mock", "prompt": "a", "max_tokens": 5, "stream": true}""";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.StreamAsync(Five)));

        var starts = server.Log.Requests.Select(request => request.Started).Order().ToList();
        // Each has its place for 24 ms at least, and two have one at a time.
        for (var i = 2; i < 8; i++)
            Assert.True(starts[i] >= starts[i - 2] + 24_000_000, $"the {i + 1}th began too early");
        Assert.Equal(0, server.Slots.Running);
        var page = await client.TextAsync("/metrics");
        Assert.Contains("vllm:request_queue_time_seconds_count{engine=\"0\",model_name=\"mock\"} 8.0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_are_given_first_come_first_served()
    {
        var slots = new ServiceSlots(1);
        var stays = new TaskCompletionSource().Task;
        Assert.True(await slots.EnterAsync(stays));
        var (second, third, fourth) = (slots.EnterAsync(stays), slots.EnterAsync(Task.CompletedTask), slots.EnterAsync(stays));
        Assert.False(await third);
        Assert.Equal((1, 2), (slots.Running, slots.Waiting));

        slots.Leave();

        Assert.True(await second);
        Assert.False(fourth.IsCompleted);
        slots.Leave();
        Assert.True(await fourth);
        slots.Leave();
        Assert.Equal((0, 0), (slots.Running, slots.Waiting));
    }

    [Fact]
    public async Task A_client_that_leaves_frees_its_place()
    {
        await using var server = MockServer.Start(new(TtftMs: 1, ItlMs: 1, MaxRunning: 1, Faults: [new(FaultKind.Stall, AfterTokens: 2, To: 0)]));
        using (var leaver = new MockClient(server, Cancel))
            await foreach (var _ in leaver.EventsAsync(Streamed))
                break;
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync(Streamed);

        Assert.Equal(65, events.Count);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody()
    {
        await using var server = MockServer.Start(new(ItlMs: 0.01, Faults: [new(FaultKind.LongLine, To: 0, Bytes: 64 << 20)]));
        using var client = new MockClient(server, Cancel);
        using var unread = await client.SendAsync("/v1/completions", Streamed);

        var events = await client.StreamAsync(Streamed);

        Assert.Equal(65, events.Count);
        Assert.Null(server.Log.Requests[0].Outcome);
        // And gets all of it when it reads at last.
        var bytes = await unread.Content.ReadAsByteArrayAsync(Cancel);
        Assert.InRange(bytes.Length, 64 << 20, (64 << 20) + 20_000);
    }

    [Theory]
    [InlineData("vllm", 1)]
    [InlineData("llama_server", 3)] // It closes each after a stream.
    public async Task Connections_are_kept_as_the_real_server_keeps_them(string flavour, int connections)
    {
        await using var server = MockServer.Start(MockJson.Read([$"flavour={flavour}"]));
        var opened = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                opened++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };

        for (var i = 0; i < 3; i++)
        {
            using var body = new StringContent(Streamed);
            using var response = await http.PostAsync("/v1/completions", body, Cancel);
            await response.Content.ReadAsStringAsync(Cancel);
            // The end of the connection may come behind the end of the answer.
            while (flavour == "llama_server" && server.Connections > 0)
                await Task.Yield();
        }

        Assert.Equal(connections, opened);
    }

    [Fact]
    public async Task What_was_sent_is_told_to_other_processes()
    {
        await using var server = MockServer.Start(new(TtftMs: 2, ItlMs: 1));
        using var client = new MockClient(server, Cancel);
        using (var response = await client.SendAsync("/v1/completions", Streamed, id: "request-7"))
            await response.Content.ReadAsStringAsync(Cancel);

        var told = await client.JsonAsync("/mock/requests");

        Assert.Equal("CLOCK_MONOTONIC", told.GetProperty("clock").GetString());
        var request = told.GetProperty("requests")[0];
        Assert.Equal("request-7", request.GetProperty("id").GetString());
        Assert.Equal(Streamed, request.GetProperty("body").GetString());
        Assert.Equal(server.Log.Requests[0].Sends.Select(send => send.At), request.GetProperty("sent_ns").EnumerateArray().Select(at => at.GetInt64()));
        Assert.Equal(64, request.GetProperty("tokens").EnumerateArray().Sum(tokens => tokens.GetInt32()));

        await client.TextAsync("/mock/reset");
        Assert.Equal(0, (await client.JsonAsync("/mock/requests")).GetProperty("requests").GetArrayLength());
    }

    [Fact]
    public async Task A_cached_prefix_shortens_the_time_to_the_first_token()
    {
        await using var server = MockServer.Start(new(TtftMs: 80, ItlMs: 1, PrefixCache: true));
        using var client = new MockClient(server, Cancel);
        var body = $$"""{"model": "mock", "prompt": [{{string.Join(',', Enumerable.Range(0, 160))}}], "max_tokens": 2, "stream": true}""";

        await client.StreamAsync(body);
        await client.StreamAsync(body);
        using (await client.SendAsync("/reset_prefix_cache", ""))
            await client.StreamAsync(body);

        // Ten blocks of 16, of which the last holds the token that is always computed.
        Assert.Equal([0, 144, 0], server.Log.Requests.Select(request => request.CachedTokens));
        var second = server.Log.Requests[1];
        Assert.InRange(second.Sends[0].At - second.Started!.Value, 8_000_000, long.MaxValue); // Served, so it was started.
        Assert.Equal(8_000_000, new ServicePlan(1, 2, false, second.CachedTokens, null, server.Options).TimeToFirst(second.PromptTokens));
        Assert.Contains("vllm:prefix_cache_hits_total{engine=\"0\",model_name=\"mock\"} 144.0", await client.TextAsync("/metrics"), StringComparison.Ordinal);
    }
}
