using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Lem.IntegrationTests.RealParts;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>Servers that do not start, or do not end: what a person is told, how lem ends, and that nothing is left behind.</summary>
public sealed class ServerStartTests : IDisposable
{
    readonly StartedExperiment _experiment = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await FailsAsync(_experiment.RunMockAsync($"port: {port}", [], Cancel), $"port {port} is taken by another program", "--set server.port=0");
    }

    [Fact]
    public async Task A_port_that_is_taken_just_before_the_server_takes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        // The server goes to another port than it is told to.
        await FailsAsync(
            _experiment.RunAsync("", ["sh", "-c", $"exec {Tests.Shared.Serving.MockProcess.Path} port={((IPEndPoint)other.LocalEndpoint).Port}", "{port}"], Cancel),
            "sh ended before it answered with exit code 1: its port is taken", "--set server.port=0");
    }

    [Fact]
    public async Task A_command_that_names_a_port_of_its_own()
    {
        var (code, _, error) = await _experiment.RunMockAsync("", ["--port", "18080"], Cancel);

        Assert.Equal(2, code);
        Assert.Contains("server.command: names port 18080 itself, but server.port is 0: write {port} there", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there()
    {
        await FailsAsync(_experiment.RunAsync("", ["no-such-server"], Cancel), "there is no program no-such-server", "in no folder of PATH");
    }

    [Fact]
    public async Task A_gated_model()
    {
        await FailsAsync(
            _experiment.RunMockAsync(
                "", ["--say", "huggingface_hub.errors.GatedRepoError: 401 Client Error. (Request ID: Root=1)", "--say", "Cannot access gated repo for url https://huggingface.co/org/m.", "--exit", "1"], Cancel),
            "Lem.MockServer ended before it answered with exit code 1: the model is gated", "HF_TOKEN");
    }

    [Fact]
    public async Task A_server_that_dies_and_says_nothing()
    {
        await FailsAsync(_experiment.RunMockAsync("", ["--exit", "137"], Cancel), "exit code 137 (SIGKILL", "It said nothing.", "Try it by hand: ", "--exit 137");
    }

    [Fact]
    public async Task A_server_that_never_answers()
    {
        await FailsAsync(
            _experiment.RunMockAsync("ready_timeout_sec: 1", ["ready_after_ms=3600000", "--say", "loading shard 3 of 7"], Cancel),
            "did not answer at http://127.0.0.1:", "within 1 s (server.ready_timeout_sec)", "loading shard 3 of 7", "--set server.ready_timeout_sec=");
    }

    [Fact]
    public async Task A_server_that_refuses_to_end_is_killed_and_told_of()
    {
        var (code, _, error) = await _experiment.RunMockAsync("", ["--ignore-sigterm"], Cancel);

        Assert.True(code == 0, error);
        Assert.Contains("did not end within ten seconds of being asked, and was killed [server_killed]", error, StringComparison.Ordinal);
        Assert.Empty(_experiment.LeftRunning());
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle()
    {
        var (code, answer, error) = await _experiment.RunMockAsync("", ["""{"itl_ms": 30, "faults": [{"kind": "die", "after_tokens": 5, "from": 4}]}"""], Cancel);

        Assert.Equal(1, code);
        var raw = Assert.Single(Directory.GetDirectories(Path.Combine(_experiment.Lem.Results, "raw")));
        var requests = File.ReadAllLines(Path.Combine(raw, "requests_0.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal(3, requests.Count(request => request["ok"]?.GetValue<bool>() is true));
        Assert.Equal("cut_stream", (string?)requests[3]["error"]?["kind"]);
        Assert.Equal(5, (int?)requests[3]["error"]?["after_tokens"]);

        // Whether a later request still found it dying or already dead, it is told, and that raw files are kept.
        Assert.Contains("ended in the middle of its work with exit code 134 (SIGABRT", string.Join(' ', (error + answer).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(raw, "log.txt")));
        Assert.Empty(_experiment.LeftRunning());
    }

    [Fact]
    public async Task An_argument_that_a_real_server_does_not_know()
    {
        using var debian = SidRoot.Require();

        await FailsAsync(
            _experiment.RunAsync("", debian.Command("llama-server", "--frobnicate"), Cancel),
            "exit code 1: it does not know one of its arguments", "error: invalid argument: --frobnicate", "--help lists them");
    }

    [Fact]
    public async Task A_model_that_a_real_server_does_not_find()
    {
        using var debian = SidRoot.Require();

        await FailsAsync(
            _experiment.RunAsync("", debian.Command("llama-server", "-m", "/no/such.gguf"), Cancel),
            "exit code 1: the model's file cannot be opened", "failed to open GGUF file '/no/such.gguf'", "as the server sees it");
    }

    /// <summary>The run ends with exit code 3 and these words, leaves no process, and nothing to resume: nothing was measured.</summary>
    async Task FailsAsync(Task<(int ExitCode, string Out, string Error)> run, params string[] words)
    {
        var (code, _, error) = await run;

        Assert.True(code == 3, error);
        Assert.All(words, word => Assert.Contains(word, error, StringComparison.Ordinal));
        Assert.Empty(_experiment.LeftRunning());
        // What fails before anything is planned makes no folder at all.
        var running = Path.Combine(_experiment.Lem.Results, "run");
        Assert.Empty(Directory.Exists(running) ? Directory.EnumerateFiles(running) : []);
    }
}
