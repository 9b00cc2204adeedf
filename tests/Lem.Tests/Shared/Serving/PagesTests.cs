using System.Net;
using Xunit;

namespace Lem.Tests.Shared.Serving;

/// <summary>What the mock server answers besides completions, in each dialect.</summary>
public sealed class PagesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.6.6", "gpu_cache_usage_perc time_per_output_token_seconds_sum gpu_prefix_cache_hit_rate", "kv_cache_usage_perc inter_token")]
    [InlineData("0.8.5", "gpu_cache_usage_perc gpu_prefix_cache_hits_total", "kv_cache_usage_perc vllm:prefix_cache_hits_total")]
    [InlineData("0.11.0", "gpu_cache_usage_perc kv_cache_usage_perc vllm:time_per_output_token_seconds_sum inter_token", "gpu_prefix_cache")]
    [InlineData("0.12.0", "kv_cache_usage_perc vllm:prefix_cache_queries_total inter_token", "gpu_cache_usage_perc vllm:time_per_output")]
    public async Task Vllm_names_its_metrics_by_version(string version, string named, string unnamed)
    {
        await using var server = MockServer.Start(new(Version: version, DraftTokens: 4));
        using var client = new MockClient(server, Cancel);

        var page = await client.TextAsync("/metrics");

        Assert.All(named.Split(' '), name => Assert.Contains(name, page, StringComparison.Ordinal));
        Assert.All(unnamed.Split(' '), name => Assert.DoesNotContain(name, page, StringComparison.Ordinal));
        Assert.Contains("num_gpu_blocks=\"10000\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_what_was_served()
    {
        await using var server = MockServer.Start(new(ItlMs: 1, TokensPerChunk: 3, DraftTokens: 4, PreemptEvery: 2));
        using var client = new MockClient(server, Cancel);
        for (var i = 0; i < 4; i++)
            await client.StreamAsync("""{"model": "mock", "prompt": [1, 2, 3, 4, 5], "max_tokens": 12, "stream": true}""");

        var page = await client.TextAsync("/metrics");

        foreach (var (name, value) in ((string, int)[])[
            ("prompt_tokens_total", 20), ("generation_tokens_total", 48), ("num_preemptions_total", 2), ("num_requests_running", 0),
            ("spec_decode_num_drafts_total", 16), ("spec_decode_num_draft_tokens_total", 64), ("spec_decode_num_accepted_tokens_total", 32),
            ("time_to_first_token_seconds_count", 4), ("inter_token_latency_seconds_count", 12), ("e2e_request_latency_seconds_count", 4)])
            Assert.Contains($"vllm:{name}{{engine=\"0\",model_name=\"mock\"}} {value}.0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_go_to_and_fro()
    {
        const string Text = "A river, größe 🙂 東京 in  winter";
        foreach (var (flavour, member) in ((Flavour, string)[])[(Flavour.Vllm, "prompt"), (Flavour.LlamaServer, "content")])
        {
            await using var server = MockServer.Start(new(flavour));
            using var client = new MockClient(server, Cancel);

            var tokens = (await client.PostAsync("/tokenize", $$"""{"{{member}}": "{{Text}}"}""")).GetProperty("tokens");
            var text = (await client.PostAsync("/detokenize", $$"""{"tokens": {{tokens.GetRawText()}}}""")).GetProperty(member).GetString();

            Assert.Equal(Text, text);
            Assert.Equal(flavour == Flavour.Vllm, tokens[0].GetInt32() == Vocabulary.BeginOfText);
        }
    }

    [Fact]
    public void Words_in_a_row_are_read_back_as_the_same_tokens()
    {
        int[] tokens = [.. Enumerable.Range(0, 100).Select(n => Vocabulary.OutputToken(n, utf8: true))];

        Assert.Equal(tokens, Vocabulary.Encode(System.Text.Encoding.UTF8.GetBytes(Vocabulary.Decode(tokens)), beginOfText: false));
    }

    [Fact]
    public async Task Llama_server_has_its_own_pages()
    {
        await using var server = MockServer.Start(new(Flavour.LlamaServer, MaxRunning: 4));
        using var client = new MockClient(server, Cancel);
        await client.StreamAsync("""{"prompt": [1, 2, 3], "max_tokens": 5, "stream": true}""");

        Assert.Equal("ok", (await client.JsonAsync("/health")).GetProperty("status").GetString());
        Assert.Equal(4, (await client.JsonAsync("/props")).GetProperty("total_slots").GetInt32());
        var page = await client.TextAsync("/metrics");
        Assert.Contains("llamacpp:prompt_tokens_total 3.0\n", page, StringComparison.Ordinal);
        Assert.Contains("llamacpp:tokens_predicted_total 5.0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TensorRt_tells_each_iteration_once()
    {
        await using var server = MockServer.Start(new(Flavour.TensorRt));
        using var client = new MockClient(server, Cancel);
        Assert.Equal(0, (await client.JsonAsync("/metrics")).GetArrayLength());
        await client.StreamAsync("""{"model": "any", "prompt": [1, 2, 3], "max_tokens": 5, "stream": true}""");

        var told = await client.JsonAsync("/metrics");

        Assert.Equal(10_000, told[0].GetProperty("kvCacheStats").GetProperty("maxNumBlocks").GetInt32());
        Assert.Equal(0, (await client.JsonAsync("/metrics")).GetArrayLength());
        var page = await client.TextAsync("/prometheus/metrics");
        Assert.Contains("trtllm_generation_tokens_total{engine_type=\"trtllm\",model_name=\"mock\"} 5.0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_server_has_models_and_completions_only()
    {
        await using var server = MockServer.Start(new(Flavour.Plain));
        using var client = new MockClient(server, Cancel);

        Assert.Equal("mock", (await client.JsonAsync("/v1/models")).GetProperty("data")[0].GetProperty("id").GetString());
        foreach (var path in (string[])["/health", "/version", "/metrics", "/props"])
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        foreach (var flavour in Enum.GetValues<Flavour>())
        {
            await using var server = MockServer.Start(new(flavour, ApiKey: "right"));
            using var client = new MockClient(server, Cancel);
            async Task<HttpStatusCode> Answer(string? key)
            {
                using var response = await client.SendAsync("/v1/completions", """{"model": "mock", "prompt": "a"}""", key: key);
                return response.StatusCode;
            }

            Assert.Equal(HttpStatusCode.Unauthorized, await Answer(null));
            Assert.Equal(HttpStatusCode.Unauthorized, await Answer("wrong"));
            Assert.Equal(HttpStatusCode.OK, await Answer("right"));
        }
    }

    [Fact]
    public async Task Until_it_is_ready_a_server_does_not_listen_or_says_so()
    {
        await using var vllm = MockServer.Start(new(ReadyAfterMs: 60_000));
        using var refused = new MockClient(vllm, Cancel);
        await Assert.ThrowsAsync<HttpRequestException>(() => refused.GetAsync("/health"));

        await using var llama = MockServer.Start(new(Flavour.LlamaServer, ReadyAfterMs: 60_000));
        using var client = new MockClient(llama, Cancel);
        using var response = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Loading model", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_JSON_or_names_with_values()
    {
        var options = MockJson.Read(["""{"ttft_ms": 5, "wire": {"crlf": true}}""", "flavour=llama_server", "ttft_ms=150", "api_key=secret"]);

        Assert.Equal((Flavour.LlamaServer, 150, "secret"), (options.Flavour, options.TtftMs, options.ApiKey));
        Assert.Equal((true, 1), (options.Wire.Crlf, options.TokensPerChunk));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => MockJson.Read(["ttft=150"]));
    }
}
