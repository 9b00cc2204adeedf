using System.Text.Json.Nodes;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.IntegrationTests;

/// <summary>Experiments whose model and prompts come from a hub, by the real lem.</summary>
public sealed class HubExperimentTests : IDisposable
{
    const string Token = "hf_PlantedTokenThatMustNotBeSeen77";

    static readonly string[] Experiment =
    [
        "experiment", "--model", "org/tiny-GGUF:F16", "--dataset", "gsm8k", "-n", "3", "--max-tokens", "4",
        "--set", "baseline.enabled=false", "--set", "warmup.enabled=false", "--set", "llamacpp.n_threads=1", "--quiet",
    ];

    readonly LemProcess _lem = new();
    readonly HubServer _server = new();
    readonly ServedRepository _model;

    public HubExperimentTests()
    {
        var path = Path.Combine(_lem.Folder, "made.gguf");
        SyntheticModelWriter.Write(SyntheticShape.Parse("synthetic:tiny").Shape!, path, cancellationToken: TestContext.Current.CancellationToken); // a known shape
        _model = _server.Model("org/tiny-GGUF");
        _model.Large("tiny-F16.gguf", File.ReadAllBytes(path));
        File.Delete(path);
        _server.Dataset("openai/gsm8k").Rows["main/train"] = [.. Enumerable.Range(0, 300).Select(i => new JsonObject { ["question"] = $"What is {i} and {i}?", ["answer"] = $"{2 * i}" })];
        _lem.Variables["HF_ENDPOINT"] = _server.Address.ToString();
        _lem.Variables["LEM_DATASETS_SERVER"] = _server.Address.ToString();
        _lem.Variables["HF_HOME"] = Path.Combine(_lem.Folder, "hf");
        _lem.Variables["HF_TOKEN"] = Token;
        foreach (var name in (string[])["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
            _lem.Variables[name] = "";
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lem.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task The_result_says_of_which_state_model_and_prompts_were_and_the_second_run_needs_no_network()
    {
        var first = await _lem.RunAsync(Cancellation, Experiment);
        Assert.True(first.ExitCode == 0, first.Error);
        var requests = _server.Requests.Count;
        _lem.Variables["HF_HUB_OFFLINE"] = "1";
        var second = await _lem.RunAsync(Cancellation, Experiment);

        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(requests, _server.Requests.Count);
        var results = Results();
        Assert.Equal(2, results.Count);
        Assert.All(results, result =>
        {
            Assert.Matches($"^commit {_model.Commit}, etag [0-9a-f]{{64}}$", (string?)result["model_revision"]);
            Assert.Equal(("openai/gsm8k", new string('a', 40), 3), ((string?)result["dataset"]!["name"], (string?)result["dataset"]!["revision"], (int?)result["dataset"]!["prompts"]));
        });
        Assert.Single(results.Select(result => (string?)result["dataset"]!["prompt_set_sha256"]).Distinct());
    }

    [Fact]
    public async Task The_token_reaches_the_hub_and_no_file_and_no_output()
    {
        var (exitCode, output, error) = await _lem.RunAsync(Cancellation, Experiment);

        Assert.True(exitCode == 0, error);
        Assert.All(_server.Requests, request => Assert.Equal($"Bearer {Token}", request.Authorization));
        Assert.DoesNotContain(Token, output + error, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_lem.Folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(Token, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_that_want_the_same_model_fetch_it_once()
    {
        // Slow enough that both want it while it comes: the first connection of the storage breaks, and waits a second.
        var contents = 0;
        _server.Mischief = request => IsContent(request) && Interlocked.Increment(ref contents) == 1 ? new(CutAfterBytes: 1000) : null;
        var one = _lem.Start([.. Experiment, "--set", "config_name=one"]);
        var other = _lem.Start([.. Experiment, "--set", "config_name=other"]);

        var ends = await Task.WhenAll(LemProcess.EndAsync(one, Cancellation), LemProcess.EndAsync(other, Cancellation));

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Error));
        Assert.Equal([null, "bytes=1000-"], _server.Requests.Where(IsContent).Select(request => request.Range));
        Assert.Equal(2, Results().Count);
    }

    [Fact]
    public async Task A_download_that_was_killed_is_resumed_with_its_experiment()
    {
        var size = 0;
        _server.Mischief = request => IsContent(request) && request.Range is null ? new(Silence: 200_000) : null;
        var process = _lem.Start(Experiment);
        while (size < 200_000 && !process.HasExited)
        {
            Cancellation.ThrowIfCancellationRequested();
            size = Directory.Exists(_lem.Variables["HF_HOME"])
                ? Directory.GetFiles(_lem.Variables["HF_HOME"], "*.incomplete", SearchOption.AllDirectories).Sum(file => (int)new FileInfo(file).Length)
                : 0;
            process.WaitForExit(10);
        }

        process.Kill();
        await process.WaitForExitAsync(Cancellation);

        var (exitCode, _, error) = await _lem.RunAsync(Cancellation, "resume", "--quiet");

        Assert.True(exitCode == 0, error);
        Assert.Equal("bytes=200000-", _server.Requests.Last(IsContent).Range);
        Assert.Equal($"commit {_model.Commit}", ((string?)Assert.Single(Results())["model_revision"])?.Split(',')[0]);
    }

    [Fact]
    public async Task A_gated_model_ends_with_exit_code_3_and_leaves_nothing_unfinished()
    {
        _server.Mischief = _ => Mischief.Refusal(403, "GatedRepo");

        var (exitCode, _, error) = await _lem.RunAsync(Cancellation, Experiment);

        Assert.Equal(3, exitCode);
        Assert.Contains("the model org/tiny-GGUF is gated", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_lem.Results, "run")));
    }

    static bool IsContent(HubRequest request) => request.Target.StartsWith("/storage/", StringComparison.Ordinal);

    List<JsonNode> Results() =>
        [.. Directory.GetFiles(Path.Combine(_lem.Results, "aggregated")).Select(file => JsonNode.Parse(File.ReadAllText(file))!)]; // no result is null
}
