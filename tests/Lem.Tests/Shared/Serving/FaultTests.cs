using Xunit;

namespace Lem.Tests.Shared.Serving;

/// <summary>Every way in which the mock server fails, as a client sees it.</summary>
public sealed class FaultTests
{
    const string Streamed = """{"model": "mock", "prompt": "a", "max_tokens": 8, "stream": true, "stream_options": {"include_usage": true}}""";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_comes_with_a_body(int status)
    {
        foreach (var flavour in Enum.GetValues<Flavour>())
        {
            await using var server = MockServer.Start(new(flavour, Faults: [new(FaultKind.Status, Status: status)]));
            using var client = new MockClient(server, Cancel);

            using var response = await client.SendAsync("/v1/completions", Streamed);

            Assert.Equal(status, (int)response.StatusCode);
            var body = await response.Content.ReadAsStringAsync(Cancel);
            Assert.Contains(flavour == Flavour.Vllm && status == 401 ? "Unauthorized" : $"mock failure {status}", body, StringComparison.Ordinal);
            Assert.Equal($"{status}", server.Log.Requests[0].Outcome);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_cut_stream_breaks_off_behind_its_tokens(double itlMs)
    {
        foreach (var kind in (FaultKind[])[FaultKind.Reset, FaultKind.Close])
        {
            await using var server = MockServer.Start(new(ItlMs: itlMs, Faults: [new(kind, AfterTokens: 3)]));
            using var client = new MockClient(server, Cancel);
            var received = 0;

            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                await foreach (var _ in client.EventsAsync(Streamed))
                    received++;
            });

            // A reset may overtake what the client has not read.
            Assert.InRange(received, kind == FaultKind.Close ? 3 : 0, 3);
            Assert.Equal((kind.ToString().ToLowerInvariant(), 3), (server.Log.Requests[0].Outcome, server.Log.Requests[0].SentTokens));
        }
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Close)]
    public async Task A_connection_can_end_before_any_answer(FaultKind kind)
    {
        await using var server = MockServer.Start(new(Faults: [new(kind)]));
        using var client = new MockClient(server, Cancel);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("/v1/completions", Streamed));
    }

    [Theory]
    [InlineData(FaultKind.Silence, 0)]
    [InlineData(FaultKind.Stall, 0)]
    [InlineData(FaultKind.Stall, 3)]
    public async Task Silence_lasts_until_the_client_leaves(FaultKind kind, int afterTokens)
    {
        await using var server = MockServer.Start(new(ItlMs: 1, Faults: [new(kind, afterTokens)]));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var client = new MockClient(server, leaving.Token);
        var received = 0;

        var reading = Task.Run(
            async () =>
            {
                await foreach (var _ in client.EventsAsync(Streamed))
                    if (++received == afterTokens)
                        leaving.Cancel();
            },
            Cancel);
        if (afterTokens == 0)
        {
            while (server.Log.Requests is not [{ Outcome: "stall" }])
                await Task.Yield();
            leaving.Cancel();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(afterTokens, received);
    }

    [Fact]
    public async Task A_server_that_dies_takes_every_connection_with_it()
    {
        await using var server = MockServer.Start(new(ItlMs: 1, Faults: [new(FaultKind.Die, AfterTokens: 2, From: 1)]));
        using var client = new MockClient(server, Cancel);
        await client.StreamAsync(Streamed);

        await Assert.ThrowsAnyAsync<Exception>(() => client.StreamAsync(Streamed));

        await server.Died.WaitAsync(Cancel);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/health"));
    }

    [Fact]
    public async Task Errors_and_nonsense_stand_between_the_events()
    {
        async Task<List<string>> Stream(MockFault fault, Flavour flavour = Flavour.Vllm)
        {
            await using var server = MockServer.Start(new(flavour, Faults: [fault]));
            using var client = new MockClient(server, Cancel);
            return [.. (await client.StreamAsync(Streamed)).Select(received => received.Data)];
        }

        const int Whole = 8 + 2; // Tokens, usage, [DONE].
        var error = await Stream(new(FaultKind.StreamError, AfterTokens: 3));
        Assert.Equal(3 + 2, error.Count);
        Assert.Equal("the engine core has died", MockClient.Parse(error[3]).GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(3 + 1, (await Stream(new(FaultKind.StreamError, AfterTokens: 3), Flavour.LlamaServer)).Count);

        var json = await Stream(new(FaultKind.MalformedJson, AfterTokens: 3));
        Assert.Equal(Whole + 1, json.Count);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => MockClient.Parse(json[3]));

        // A reader of events passes over a line without a known field, and over comments.
        Assert.Equal(Whole, (await Stream(new(FaultKind.MalformedSse, AfterTokens: 3))).Count);
        Assert.Equal(Whole, (await Stream(new(FaultKind.LongLine, AfterTokens: 3, Bytes: 1 << 20))).Count);

        var empty = await Stream(new(FaultKind.EmptyChoices, AfterTokens: 3));
        Assert.Equal(Whole + 1, empty.Count);
        Assert.Equal(0, MockClient.Parse(empty[3]).GetProperty("choices").GetArrayLength());

        Assert.Equal(Whole - 1, (await Stream(new(FaultKind.DoneMissing))).Count);
        Assert.Equal(Whole - 1, (await Stream(new(FaultKind.UsageMissing))).Count);
        Assert.Equal(Whole + 1, (await Stream(new(FaultKind.UsageDoubled))).Count);
        var wrong = await Stream(new(FaultKind.UsageWrong));
        Assert.Equal(8 + 7, MockClient.Parse(wrong[8]).GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_whole_answer_fails_as_a_stream_does()
    {
        const string Whole = """{"model": "mock", "prompt": "a", "max_tokens": 8}""";
        async Task<string> Answer(FaultKind kind)
        {
            await using var server = MockServer.Start(new(Faults: [new(kind)]));
            using var client = new MockClient(server, Cancel);
            using var response = await client.SendAsync("/v1/completions", Whole);
            return await response.Content.ReadAsStringAsync(Cancel);
        }

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => MockClient.Parse(Answer(FaultKind.MalformedJson).Result));
        Assert.False(MockClient.Parse(await Answer(FaultKind.UsageMissing)).TryGetProperty("usage", out _));
        Assert.Equal(0, MockClient.Parse(await Answer(FaultKind.EmptyChoices)).GetProperty("choices").GetArrayLength());
    }

    [Fact]
    public void Faults_hit_the_requests_they_are_for()
    {
        var share = new MockFault(FaultKind.Reset, Share: 0.25);
        var hits = Enumerable.Range(0, 10_000).Count(number => share.Hits(number, seed: 3));
        // Four standard deviations of a binomial law.
        Assert.InRange(hits, 2500 - 174, 2500 + 174);
        Assert.Equal(Enumerable.Range(0, 100).Where(number => share.Hits(number, 3)), Enumerable.Range(0, 100).Where(number => share.Hits(number, 3)));

        var some = new MockFault(FaultKind.Reset, From: 2, To: 4);
        Assert.Equal([2, 3, 4], Enumerable.Range(0, 10).Where(number => some.Hits(number, 0)));
    }
}
