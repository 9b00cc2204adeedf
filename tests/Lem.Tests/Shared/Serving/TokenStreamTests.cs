using System.Text.Json;
using Xunit;

namespace Lem.Tests.Shared.Serving;

/// <summary>What the mock server's answers say, in each dialect.</summary>
public sealed class TokenStreamTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"Hello\"", 6)] // Five bytes behind the begin of text.
    [InlineData("\" river stone\"", 3)]
    [InlineData("[5, 6, 7, 8]", 4)]
    public async Task A_prompt_is_a_text_or_tokens(string prompt, int promptTokens)
    {
        await using var server = MockServer.Start(new());
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync(Body(prompt, 3));

        Assert.Equal(["[DONE]"], events[4..].Select(received => received.Data));
        Assert.Equal(" river stone cloud", MockClient.Text(events));
        Assert.Equal((promptTokens, 3), Usage(events[3]));
        var log = Assert.Single(server.Log.Requests);
        Assert.Equal(("complete", promptTokens, 3), (log.Outcome, log.PromptTokens, log.SentTokens));
    }

    [Theory]
    [InlineData("""["ab", " river"]""", 3 + 2)]
    [InlineData("[[5, 6, 7], [8]]", 3 + 1)]
    public async Task Several_prompts_make_several_choices(string prompts, int promptTokens)
    {
        await using var server = MockServer.Start(new(TokensPerChunk: 2));
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync(Body(prompts, 3));

        Assert.Equal(" river stone cloud", MockClient.Text(events, 0));
        Assert.Equal(" river stone cloud", MockClient.Text(events, 1));
        Assert.Equal((promptTokens, 6), Usage(events[^2]));
    }

    [Fact]
    public async Task Every_event_tells_usage_and_tokens_where_they_are_asked_for()
    {
        await using var server = MockServer.Start(new(TokensPerChunk: 4));
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync("""
            {"model": "mock", "prompt": "a", "max_tokens": 10, "stream": true, "return_token_ids": true,
             "stream_options": {"include_usage": true, "continuous_usage_stats": true}}
            """);

        var parsed = events[..3].Select(received => MockClient.Parse(received.Data)).ToList();
        Assert.Equal([4, 8, 10], parsed.Select(e => e.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
        Assert.Equal([4, 4, 2], parsed.Select(e => e.GetProperty("choices")[0].GetProperty("token_ids").GetArrayLength()));
        Assert.Equal(10, server.Statistics.GenerationTokens);
    }

    [Fact]
    public async Task A_chat_begins_with_its_role()
    {
        foreach (var flavour in Enum.GetValues<Flavour>())
        {
            await using var server = MockServer.Start(new(flavour));
            using var client = new MockClient(server, Cancel);

            var events = await client.StreamAsync(
                """
                {"model": "mock", "messages": [{"role": "user", "content": [{"type": "text", "text": "abc"}]}],
                 "max_completion_tokens": 2, "stream": true}
                """,
                "/v1/chat/completions");

            var deltas = events
                .Where(received => received.Data != "[DONE]")
                .Select(received => MockClient.Parse(received.Data).GetProperty("choices")[0].GetProperty("delta"))
                .ToList();
            Assert.Equal("assistant", deltas[0].GetProperty("role").GetString());
            Assert.Equal(" river stone", string.Concat(deltas.Skip(1).Select(delta => delta.GetProperty("content").GetString())));
            Assert.Equal(1 + 4 + 3, server.Log.Requests[0].PromptTokens);
        }
    }

    [Theory]
    [InlineData("", 5, "stop")]
    [InlineData(", \"min_tokens\": 7", 7, "stop")]
    [InlineData(", \"ignore_eos\": true", 12, "length")]
    public async Task The_model_stops_where_it_wants_to_and_may(string setting, int tokens, string reason)
    {
        await using var server = MockServer.Start(new(EosAfter: 5));
        using var client = new MockClient(server, Cancel);

        var answer = await client.PostAsync("/v1/completions", $$"""{"model": "mock", "prompt": "a", "max_tokens": 12{{setting}}}""");

        Assert.Equal(tokens, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(reason, answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Llama_server_tells_its_timings()
    {
        await using var server = MockServer.Start(new(Flavour.LlamaServer, TtftMs: 20, ItlMs: 5));
        using var client = new MockClient(server, Cancel);

        var events = await client.StreamAsync("""{"prompt": "ab", "max_tokens": 4, "stream": true, "timings_per_token": true}""");

        // Four tokens, the end with its reason, [DONE].
        Assert.Equal(6, events.Count);
        var end = MockClient.Parse(events[4].Data);
        Assert.Equal("length", end.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(4, end.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.All(events[..5], received => Assert.Equal(3, MockClient.Parse(received.Data).GetProperty("timings").GetProperty("prompt_n").GetInt32()));
        var timings = end.GetProperty("timings");
        var sends = server.Log.Requests[0].Sends;
        Assert.Equal(4, timings.GetProperty("predicted_n").GetInt32());
        Assert.Equal((sends[^1].At - sends[0].At) / 1e6, timings.GetProperty("predicted_ms").GetDouble(), 0.001);
    }

    [Fact]
    public async Task Same_words_however_they_are_written()
    {
        WireFormat[] formats =
        [
            new(), new(Crlf: true), new(Comments: true), new(SplitCharacters: true), new(CutBytes: 1), new(CutBytes: 7),
            new(Crlf: true, Comments: true, SplitCharacters: true, CutBytes: 3),
        ];
        foreach (var itl in (double[])[0, 1])
        {
            var texts = new HashSet<string>();
            foreach (var format in formats)
            {
                await using var server = MockServer.Start(new(ItlMs: itl, Wire: format with { Utf8 = true }));
                using var client = new MockClient(server, Cancel);
                var events = await client.StreamAsync(Body("\"a\"", 20));
                texts.Add(MockClient.Text(events));
                Assert.Equal(20, server.Log.Requests[0].SentTokens);
            }

            Assert.Contains("🙂", Assert.Single(texts), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_refusal_says_why_in_the_servers_own_shape()
    {
        async Task<JsonElement> Refused(MockOptions options, string body, int status)
        {
            await using var server = MockServer.Start(options);
            using var client = new MockClient(server, Cancel);
            using var response = await client.SendAsync("/v1/completions", body);
            Assert.Equal(status, (int)response.StatusCode);
            return MockClient.Parse(await response.Content.ReadAsStringAsync(Cancel));
        }

        const string TooLong = """{"model": "mock", "prompt": "abc", "max_tokens": 100}""";
        var refused = (await Refused(new(MaxModelLen: 50), TooLong, 400)).GetProperty("error");
        Assert.Contains("maximum context length is 50", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("error", (await Refused(new(Version: "0.8.5", MaxModelLen: 50), TooLong, 400)).GetProperty("object").GetString());
        Assert.Equal(400, (await Refused(new(Flavour.LlamaServer), "{}", 400)).GetProperty("error").GetProperty("code").GetInt32());
        await Refused(new(), """{"model": "other", "prompt": "a"}""", 404);
        await Refused(new(), "no JSON", 400);
        await Refused(new(), """{"model": "mock", "prompt": [1, "a"]}""", 400);
    }

    static string Body(string prompt, int maxTokens) =>
        $$$"""{"model": "mock", "prompt": {{{prompt}}}, "max_tokens": {{{maxTokens}}}, "stream": true, "stream_options": {"include_usage": true}}""";

    static (int Prompt, int Completion) Usage(MockClient.Received received)
    {
        var usage = MockClient.Parse(received.Data).GetProperty("usage");
        return (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32());
    }
}
