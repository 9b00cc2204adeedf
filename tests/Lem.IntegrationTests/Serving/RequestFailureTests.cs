using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>Requests that fail in every way a server can fail them: data in the result, the reason on the screen, exit code 1, and all else as it was.</summary>
public sealed class RequestFailureTests : IDisposable
{
    readonly StartedExperiment _experiment = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _experiment.Dispose();

    [Theory]
    [InlineData("""{"kind": "status", "status": 429}""", "http_status", "HTTP 429: mock failure 429", "a lower --rate", 0)]
    [InlineData("""{"kind": "status", "status": 500}""", "http_status", "HTTP 500: mock failure 500", "log tells why", 0)]
    [InlineData("""{"kind": "silence"}""", "timeout", "not complete after 2 s (server.request_timeout_sec)", "raise server.request_timeout_sec", 0)]
    [InlineData("""{"kind": "stall", "after_tokens": 5}""", "idle_timeout", "no byte came for 1 s (server.idle_timeout_sec)", "fell silent", 5)]
    [InlineData("""{"kind": "reset", "after_tokens": 5}""", "cut_stream", "", "did it die", 5)]
    [InlineData("""{"kind": "close", "after_tokens": 5}""", "cut_stream", "", "did it die", 5)]
    [InlineData("""{"kind": "stream_error", "after_tokens": 5}""", "server_error", "the engine core has died", "log tells why", 5)]
    [InlineData("""{"kind": "malformed_json", "after_tokens": 5}""", "malformed_event", "an event of the stream is no JSON", "proxy", 5)]
    [InlineData("""{"kind": "long_line", "after_tokens": 5}""", "line_too_long", "more than 16777216 bytes", "proxy", 5)]
    public async Task One_that_fails_is_told_of_and_leaves_the_others(string fault, string kind, string message, string remedy, int tokens)
    {
        const int Failing = 4;
        // Short where it is waited for only: a busy machine takes its time over 16 MiB.
        var idle = kind == "idle_timeout" ? 1 : 60;
        var total = kind == "timeout" ? 2 : 60;
        var (code, answer, error) = await _experiment.RunMockAsync($"idle_timeout_sec: {idle}, request_timeout_sec: {total}", [$$"""{"itl_ms": 1, "faults": [{{fault[..^1]}}, "from": {{Failing}}, "to": {{Failing}}}]}"""], Cancel);

        Assert.True(code == 1, error);
        var run = MeasuredRun.Of(_experiment.Lem.Results);
        var failed = run.Requests[0][Failing - 1];
        Assert.Equal(kind, (string?)failed["error"]?["kind"]);
        Assert.Contains(message, (string?)failed["error"]?["message"], StringComparison.Ordinal);
        // A reset takes with it what had not been read yet.
        Assert.InRange((int?)failed["error"]?["after_tokens"] ?? -1, kind == "cut_stream" ? 0 : tokens, tokens);
        Assert.All(run.Requests[0].Where(request => request != failed), request => Assert.Equal(StartedExperiment.Tokens, MeasuredRun.Number(request["output_tokens"])));
        Assert.Equal(StartedExperiment.Requests - 1, MeasuredRun.Number(run.Results[0]["latency_stats"]?["e2e"]?["n"]));

        var screen = string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"1 of {StartedExperiment.Requests} requests failed; their energy is in the total. 1 × {kind}: {message}", screen, StringComparison.Ordinal);
        Assert.Contains(remedy, screen, StringComparison.Ordinal);
        Assert.Empty(_experiment.LeftRunning());
    }

    [Theory]
    [InlineData("malformed_sse")]
    [InlineData("empty_choices")]
    [InlineData("usage_doubled")]
    [InlineData("usage_missing")]
    [InlineData("done_missing")]
    public async Task What_the_standard_lets_pass_is_no_failure(string fault)
    {
        var (code, _, error) = await _experiment.RunMockAsync("", [$$"""{"faults": [{"kind": "{{fault}}", "after_tokens": 5, "from": 1}]}"""], Cancel);

        Assert.True(code == 0, error);
        Assert.Equal(StartedExperiment.Requests * StartedExperiment.Tokens, MeasuredRun.Number(MeasuredRun.Of(_experiment.Lem.Results).Results[0]["inference_metrics"]?["output_tokens"]));
    }

    [Fact]
    public async Task A_server_that_counts_more_than_it_was_allowed_to_send_is_doubted()
    {
        var (code, _, error) = await _experiment.RunMockAsync("", ["""{"faults": [{"kind": "usage_wrong", "from": 4}]}"""], Cancel);

        Assert.True(code == 0, error);
        Assert.Contains("usage_implausible", MeasuredRun.Findings(MeasuredRun.Of(_experiment.Lem.Results).Results[0]));
    }
}
