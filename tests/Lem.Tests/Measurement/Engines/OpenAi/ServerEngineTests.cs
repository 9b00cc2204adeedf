using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi;

public sealed class ServerEngineTests
{
    static readonly GenerationRequest Request = new(3, [1, 2, 3, 4], MaxTokens: 6, MinTokens: 0, IgnoreEos: true, new(Greedy: true), Seed: 9, Text: "one two three four");

    [Theory]
    [InlineData(Flavour.Vllm, "vllm", false)]
    [InlineData(Flavour.LlamaServer, "llama_server", false)]
    [InlineData(Flavour.Plain, "openai", true)]
    public async Task The_kind_of_a_server_is_found_out(Flavour flavour, string name, bool takesText)
    {
        await using var server = MockServer.Start(new(flavour));
        await using var engine = Engine(server.Address);

        var description = await engine.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(name, description.Effective["server"]?.ToString());
        Assert.Equal(takesText, description.TakesText);
    }

    [Theory]
    [InlineData(Flavour.Vllm)]
    [InlineData(Flavour.LlamaServer)]
    [InlineData(Flavour.TensorRt)]
    [InlineData(Flavour.Plain)]
    public async Task Every_kind_answers_with_as_many_tokens_as_were_asked_for(Flavour flavour)
    {
        await using var server = MockServer.Start(new(flavour, TokensPerChunk: 2));
        await using var engine = Engine(server.Address, Dialect(flavour));
        await engine.LoadAsync(TestContext.Current.CancellationToken);
        engine.Prepare([Request]);

        var events = await EventsAsync(engine);

        Assert.Equal((TokenEventKind.Finished, 6), (events[^1].Kind, events[^1].Usage?.OutputTokens));
        var known = events.Where(e => e.Kind == TokenEventKind.Token).Select(e => e.Tokens);
        Assert.All(known, tokens => Assert.Equal(flavour is Flavour.Plain ? TokenEvent.Unknown : 2, tokens));
    }

    [Fact]
    public async Task A_tokenizer_is_asked_where_there_is_one()
    {
        await using var server = MockServer.Start(new(Flavour.Vllm));
        await using var engine = Engine(server.Address);
        await engine.LoadAsync(TestContext.Current.CancellationToken);

        var tokens = await engine.TokenizeAsync("a b c", TestContext.Current.CancellationToken);

        Assert.NotNull(tokens);
        Assert.NotEmpty(tokens);
        Assert.NotNull(await engine.DetokenizeAsync(tokens, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_prefix_cache_is_emptied_on_request_and_never_used_by_llama_server()
    {
        await using var vllm = MockServer.Start(new(Flavour.Vllm));
        await using var closed = MockServer.Start(new(Flavour.Vllm, DevMode: false));
        await using var llama = MockServer.Start(new(Flavour.LlamaServer));

        Assert.True(await EmptiesAsync(vllm));
        Assert.False(await EmptiesAsync(closed));
        Assert.True(await EmptiesAsync(llama));
        Assert.Contains("\"cache_prompt\":false", llama.Log.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_has_the_servers_own_counts()
    {
        await using var server = MockServer.Start(new(Flavour.Vllm));
        await using var engine = Engine(server.Address);
        await engine.LoadAsync(TestContext.Current.CancellationToken);

        await engine.OpenWindowAsync(TestContext.Current.CancellationToken);
        await EventsAsync(engine);
        var counts = await engine.CloseWindowAsync(TestContext.Current.CancellationToken);

        Assert.Equal((6, 4), ((double?)counts.Statistics?["generated_tokens"], (double?)counts.Statistics?["prompt_tokens"]));
        Assert.NotNull(counts.KvCache?.BlocksTotal);
    }

    [Theory]
    [InlineData(401, "api_key_env")]
    [InlineData(500, "log")]
    public async Task A_server_that_refuses_is_told_of_before_anything_is_measured(int status, string hint)
    {
        await using var server = MockServer.Start(new(Faults: [new(FaultKind.Status, Status: status)]));
        await using var engine = Engine(server.Address);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains($"HTTP {status}", error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_model_is_told_with_the_right_one()
    {
        await using var server = MockServer.Start(new(Flavour.Vllm, Model: "org/right"));
        await using var engine = Engine(server.Address);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("org/right", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_the_fix_is_told()
    {
        await using var engine = new ServerEngine(Options(null) with { ReadyTimeout = TimeSpan.FromMilliseconds(100) }, new ServerHost(new Uri("http://127.0.0.1:1")), TimeProvider.System);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("nothing answers at http://127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_tells_its_model_while_it_loads_it_is_waited_for()
    {
        await using var server = MockServer.Start(new(Flavour.LlamaServer, ReadyAfterMs: 500));
        await using var engine = Engine(server.Address);

        Assert.Equal("mock", (string?)(await engine.LoadAsync(TestContext.Current.CancellationToken)).Effective["served_model"]);
    }

    [Fact]
    public async Task A_server_that_goes_on_loading_is_told_as_what_it_is()
    {
        await using var server = MockServer.Start(new(Flavour.LlamaServer, ReadyAfterMs: 3_600_000));
        await using var engine = new ServerEngine(Options(null) with { ReadyTimeout = TimeSpan.FromMilliseconds(100) }, new ServerHost(server.Address), TimeProvider.System);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("is not ready", error.Message, StringComparison.Ordinal);
        Assert.Contains("HTTP 503", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"cache_prompt": true}""", false)]
    public async Task A_cache_that_the_configuration_has_used_is_not_empty(string fields, bool isEmpty)
    {
        await using var server = MockServer.Start(new(Flavour.LlamaServer));
        await using var engine = new ServerEngine(Options(ServerKind.LlamaServer) with { Fields = JsonNode.Parse(fields)!.AsObject() }, new ServerHost(server.Address), TimeProvider.System); // An object, as it stands above.
        await engine.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isEmpty, await engine.EmptyCachesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_listener_that_never_says_a_word_is_waited_for_no_longer_than_one_that_is_not_there()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://{silent.LocalEndpoint}");
        await using var engine = new ServerEngine(Options(null) with { ReadyTimeout = TimeSpan.FromMilliseconds(100) }, new ServerHost(address), TimeProvider.System);

        // A question without a limit of its own would take half a minute, and this would be given up before.
        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        Assert.Contains("nothing answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_counts_no_tokens_is_refused()
    {
        await using var server = MockServer.Start(new(Flavour.Plain, Faults: [new(FaultKind.UsageMissing)]));
        await using var engine = Engine(server.Address);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("how many tokens", error.Message, StringComparison.Ordinal);
    }

    static async Task<bool> EmptiesAsync(MockServer server)
    {
        await using var engine = Engine(server.Address);
        await engine.LoadAsync(TestContext.Current.CancellationToken);
        return await engine.EmptyCachesAsync(TestContext.Current.CancellationToken);
    }

    static async Task<List<TokenEvent>> EventsAsync(ServerEngine engine)
    {
        var events = new List<TokenEvent>();
        await foreach (var e in engine.GenerateAsync([Request], TestContext.Current.CancellationToken))
            events.Add(e);
        return events;
    }

    [Fact]
    public async Task Another_server_that_answers_in_place_of_the_one_that_was_started_is_not_measured()
    {
        await using var other = MockServer.Start(new(Flavour.Vllm));
        await using var engine = new ServerEngine(Options(null), new DeadHost(other.Address), TimeProvider.System);

        var error = await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Equal("ended before it answered", error.Message);
    }

    static ServerEngine Engine(Uri address, ServerKind? kind = null) => new(Options(kind), new ServerHost(address), TimeProvider.System);

    static ServerOptions Options(ServerKind? kind) => new(
        "openai", "mock", ServerEndpoint.Completions, new Dictionary<string, string>(), new JsonObject(), TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), KeepsText: false, [], null, kind);

    static ServerKind Dialect(Flavour flavour) => flavour switch
    {
        Flavour.Vllm => ServerKind.Vllm,
        Flavour.LlamaServer => ServerKind.LlamaServer,
        Flavour.TensorRt => ServerKind.TensorRt,
        _ => ServerKind.Plain,
    };

    sealed class DeadHost(Uri address) : ServerHost(address)
    {
        public override void ThrowIfDead(string when) => throw new LemException($"ended {when}", "");
    }
}
