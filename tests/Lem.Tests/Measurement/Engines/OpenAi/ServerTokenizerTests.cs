using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi;

/// <summary>From a prompt's text to what a server gets of it, by the server's own tokenizer.</summary>
public sealed class ServerTokenizerTests
{
    static readonly PromptSet Prompts = PromptSet.Take("t", [new("one prompt of many letters"), new("another one of many letters"), new("b")], 2);

    [Theory]
    [InlineData(Flavour.Vllm)]
    [InlineData(Flavour.LlamaServer)]
    [InlineData(Flavour.TensorRt)]
    public async Task Cut_prompts_arrive_as_so_many_tokens(Flavour flavour)
    {
        await using var server = MockServer.Start(new(flavour));
        await using var engine = Engine(server);

        var workload = await PlanAsync(engine, maxTokens: 8);
        await foreach (var _ in engine.GenerateAsync([workload.Requests[0]], TestContext.Current.CancellationToken))
        {
        }

        var prompt = JsonNode.Parse(server.Log.Requests[^1].Body ?? "")?["prompt"]?.AsArray();
        Assert.Equal(workload.Requests[0].Prompt, prompt?.Select(token => token?.GetValue<int>() ?? 0));
        Assert.Equal((8, 2), (prompt?.Count, workload.Truncated));
    }

    [Theory]
    [InlineData(Flavour.Vllm, null)]
    [InlineData(Flavour.TensorRt, "makes none of tokens")]
    public async Task A_chat_has_texts_only_and_is_refused_where_nothing_makes_them_of_tokens(Flavour flavour, string? refusal)
    {
        await using var server = MockServer.Start(new(flavour));
        await using var engine = Engine(server, ServerEndpoint.ChatCompletions);

        var error = await Record.ExceptionAsync(() => PlanAsync(engine, maxTokens: 8));

        Assert.Equal(refusal is null, error is null);
        Assert.Contains(refusal ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_server_without_such_a_page_has_no_tokenizer_and_gets_texts(int status)
    {
        await using var server = MockServer.Start(new(Flavour.TensorRt, TokenizerStatus: status));
        await using var engine = Engine(server);

        var workload = await PlanAsync(engine, maxTokens: null);
        await foreach (var _ in engine.GenerateAsync([workload.Requests[0]], TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal("one prompt of many letters", JsonNode.Parse(server.Log.Requests[^1].Body ?? "")?["prompt"]?.ToString());
        Assert.Contains("no tokenizer", (await Assert.ThrowsAsync<LemException>(() => PlanAsync(engine, maxTokens: 8))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "Its log")]
    [InlineData(503, "Its log")]
    [InlineData(401, "api_key_env")]
    public async Task A_tokenizer_that_fails_is_told_as_that_with_its_address(int status, string hint)
    {
        // The trial at loading asks once, and then the first texts of the workload.
        await using var server = MockServer.Start(new(Flavour.Vllm, TokenizerStatus: status, TokenizerAnswers: 4));
        await using var engine = Engine(server);
        var traced = new PromptSet("t", [.. Enumerable.Range(1, 9).Select(i => new BlockPrompt([new((ulong)i, 40, IsShared: false)]))], []);

        var error = await Assert.ThrowsAsync<LemException>(() => PlanAsync(engine, maxTokens: 512, traced));

        Assert.StartsWith($"the server did not answer {new Uri(server.Address, "tokenize")} well: HTTP {status}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_says_nothing_is_told_with_the_time_it_was_waited_for()
    {
        await using var server = MockServer.Start(new(Flavour.Vllm));
        using var connection = new ServerConnection(server.Address, new Dictionary<string, string>(), new ManualClock());

        var error = await Assert.ThrowsAsync<LemException>(() => connection.RequireAsync("tokenize", [], TestContext.Current.CancellationToken));

        Assert.EndsWith("/tokenize well: nothing within 30 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_gone_is_told_with_the_reason()
    {
        using var connection = new ServerConnection(new(Nobody), new Dictionary<string, string>(), TimeProvider.System);

        var error = await Assert.ThrowsAsync<LemException>(() => connection.RequireAsync("tokenize", [], TestContext.Current.CancellationToken));

        Assert.Contains("127.0.0.1:1/tokenize", error.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(error.InnerException);
    }

    const string Nobody = "http://127.0.0.1:1";

    static async Task<Workload> PlanAsync(ServerEngine engine, int? maxTokens, PromptSet? prompts = null)
    {
        var description = await engine.LoadAsync(TestContext.Current.CancellationToken);
        return await new WorkloadPlanner(engine, description.TakesText, new ExperimentConfig(MaxInputTokens: maxTokens, Warmup: new(Enabled: false)), 1, TimeProvider.System)
            .PlanAsync(prompts ?? Prompts, TestContext.Current.CancellationToken);
    }

    static ServerEngine Engine(MockServer server, ServerEndpoint endpoint = ServerEndpoint.Completions) => new(
        new(
            "openai", "mock", endpoint, new Dictionary<string, string>(), new JsonObject(), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(1), KeepsText: false, [], null, null),
        new ServerHost(server.Address), TimeProvider.System);
}
