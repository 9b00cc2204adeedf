using Lem.Core;
using Lem.Measurement.Hub;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class HubHttpTests : IDisposable
{
    const string Token = "hf_PlantedTokenForTheHub";

    static readonly HubRepository Model = HubRepository.Model("org/model");

    readonly HubBench _bench = new();

    public HubHttpTests() => _bench.Server.Model("org/model").Large("m.gguf", HubBench.Bytes(1000));

    public void Dispose() => _bench.Dispose();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limit_of_requests_is_waited_for_as_the_server_asks()
    {
        Answer(new(429, new Dictionary<string, string> { ["RateLimit"] = "\"api\";r=0;t=55" }), new(429, new Dictionary<string, string> { ["Retry-After"] = "3" }));

        await EnsureAsync();

        // A second more each, for the server's rounding.
        Assert.Equal(56 + 4, Seconds);
        Assert.Equal("127.0.0.1 asks to wait 56 s…", Assert.Single(_bench.Told));
    }

    [Fact]
    public async Task Failures_that_pass_are_tried_again_with_growing_pauses()
    {
        Answer(new(500), new(502), new(503), new(504));

        await EnsureAsync();

        Assert.Equal(1 + 2 + 4 + 8, Seconds);
    }

    [Fact]
    public async Task At_the_fifth_failure_it_is_said()
    {
        _bench.Server.Mischief = _ => new(Status: 502);

        var error = await Assert.ThrowsAsync<LemException>(EnsureAsync);

        Assert.StartsWith("127.0.0.1 cannot be reached: it answers 502 (Bad Gateway); and org/model m.gguf is not in the cache ", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        _bench.Server.Dispose();
        var files = new HubFiles(new(HubHttp.CreateClient(), _bench.Settings with { Endpoint = new("http://127.0.0.1:1/") }, _bench.Clock), _bench.Clock);

        var error = await Assert.ThrowsAsync<LemException>(() => files.EnsureAsync(Model, "main", "m.gguf", null, Cancellation));

        Assert.StartsWith("127.0.0.1 cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_to_nobody_it_redirects_to()
    {
        using var storage = new HubServer();
        storage.Model("org/model").Large("m.gguf", HubBench.Bytes(1000));
        _bench.Server.Storage = storage;

        await _bench.Files(_bench.Settings with { Token = new(Token) }).EnsureAsync(Model, "main", "m.gguf", null, Cancellation);

        Assert.NotEmpty(_bench.Server.Requests);
        Assert.All(_bench.Server.Requests, request => Assert.Equal($"Bearer {Token}", request.Authorization));
        Assert.Null(Assert.Single(storage.Requests).Authorization);
    }

    [Theory]
    [InlineData("https://huggingface.co/api/models/x", true)]
    [InlineData("https://datasets-server.huggingface.co/rows", true)]
    [InlineData("http://huggingface.co/api/models/x", false)]
    [InlineData("https://huggingface.co.evil.example/x", false)]
    [InlineData("https://huggingface.co:8443/x", false)]
    [InlineData("https://cas-bridge.xethub.hf.co/x", false)]
    public void The_token_is_shown_only_to_its_own_hub(string address, bool mayBe) =>
        Assert.Equal(mayBe, HubSettings.From(_ => null, "/home/me", "lem").MayBeTrustedWithToken(new(address)));

    [Fact]
    public void Over_a_network_the_token_is_never_sent_in_clear_text() =>
        Assert.False(HubSettings.From(name => name is "HF_ENDPOINT" ? "http://mirror.example" : null, "/home/me", "lem").MayBeTrustedWithToken(new("http://mirror.example/x")));

    [Theory]
    [InlineData(401, "GatedRepo", null, "the model org/model is gated: it is given only to accounts that asked for it", "HF_TOKEN")]
    [InlineData(403, "GatedRepo", null, "the model org/model is gated: it is given only", "Ask for access on http://127.0.0.1")]
    [InlineData(404, "RepoNotFound", null, "there is no model org/model on 127.0.0.1, or it is private", "HF_TOKEN")]
    [InlineData(401, null, null, "there is no model org/model on 127.0.0.1, or it is private", "Check the spelling")]
    [InlineData(401, "RepoNotFound", "Invalid credentials in Authorization header", "127.0.0.1 does not accept the token", "hf auth login")]
    [InlineData(404, "RevisionNotFound", null, "the model org/model has no such revision: m.gguf", "main")]
    [InlineData(404, "EntryNotFound", null, "the model org/model has no m.gguf", "org/model/tree/main")]
    [InlineData(403, null, "Not allowed", "127.0.0.1 refuses org/model m.gguf: Not allowed", "the right to read")]
    [InlineData(418, null, null, "127.0.0.1 answers 418 for org/model m.gguf", "try again later")]
    public async Task Each_refusal_says_what_to_do(int status, string? code, string? told, string message, string hint)
    {
        _bench.Server.Mischief = _ => Mischief.Refusal(status, code, told);

        var error = await Assert.ThrowsAsync<LemException>(EnsureAsync);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
        Assert.Single(_bench.Server.Requests);
    }

    [Fact]
    public async Task Redirects_end()
    {
        _bench.Server.Mischief = _ => new(302, new Dictionary<string, string> { ["Location"] = "/org/model/resolve/main/m.gguf" });

        Assert.Contains("more than 8 redirects", (await Assert.ThrowsAsync<LemException>(EnsureAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_repository_is_followed()
    {
        _bench.Server.Mischief = request => request.Target.StartsWith("/old/name/", StringComparison.Ordinal)
            ? new(307, new Dictionary<string, string> { ["Location"] = request.Target.Replace("/old/name/", "/org/model/", StringComparison.Ordinal) })
            : null;

        var file = await _bench.Files().EnsureAsync(HubRepository.Model("old/name"), "main", "m.gguf", null, Cancellation);

        Assert.Equal(HubBench.Bytes(1000), await File.ReadAllBytesAsync(file.Path, Cancellation));
    }

    double Seconds => _bench.Clock.GetTimestamp() / 1e9;

    void Answer(params Mischief[] mischiefs)
    {
        var next = 0;
        _bench.Server.Mischief = _ => next < mischiefs.Length ? mischiefs[next++] : null;
    }

    Task<HubFile> EnsureAsync() => _bench.Files().EnsureAsync(Model, "main", "m.gguf", null, Cancellation);
}
