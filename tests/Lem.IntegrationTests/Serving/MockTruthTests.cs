using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>What lem says of a server that knows exactly what it sent, and when.</summary>
public sealed class MockTruthTests : IDisposable
{
    const int Requests = 8;
    const int Tokens = 128;

    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _lem.Dispose();

    [Fact]
    public async Task Times_are_those_of_the_server()
    {
        var (run, served) = await MeasureAsync(new(Flavour.Vllm, TtftMs: 150, ItlMs: 10));

        // Medians: what a busy machine does to one of eight requests is no one's figure.
        var latency = run.Results[0]["latency_stats"];
        AreClose(Median(served.Select(s => (s.Sends[0].At - s.Received) / 1e6)), Median(run.Requests[0].Select(r => (MeasuredRun.Number(r["first_s"]) - MeasuredRun.Number(r["sent_s"])) * 1e3)));
        AreClose(Median(served.Select(s => (s.Sends[^1].At - s.Sends[0].At) / 1e6 / (Tokens - 1))), MeasuredRun.Number(latency?["tpot"]?["p50"]));
        AreClose(Median(served.Select(s => (s.Sends[^1].At - s.Received) / 1e6)), MeasuredRun.Number(latency?["service"]?["p50"]));
        AreClose(10, MeasuredRun.Number(latency?["itl"]?["p50"]));
        Assert.Equal(1, MeasuredRun.Number(run.Results[0]["load"]?["tokens_per_chunk"]));
        Assert.Equal(Requests * Tokens, MeasuredRun.Number(run.Results[0]["inference_metrics"]?["output_tokens"]));
        Assert.DoesNotContain("bunched_stream", MeasuredRun.Findings(run.Results[0]));
    }

    [Fact]
    public async Task Four_tokens_in_an_event_are_four_tokens_and_flagged()
    {
        var (run, _) = await MeasureAsync(new(Flavour.Vllm, TtftMs: 50, ItlMs: 40, TokensPerChunk: 4));

        var result = run.Results[0];
        Assert.Equal(Requests * Tokens, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
        Assert.Equal(4, MeasuredRun.Number(result["load"]?["tokens_per_chunk"]));
        AreClose(40, MeasuredRun.Number(result["latency_stats"]?["chunk_gap"]?["p50"]));
        AreClose(10, MeasuredRun.Number(result["latency_stats"]?["itl"]?["p50"]));
        Assert.Contains("bunched_stream", MeasuredRun.Findings(result));
    }

    // Within 1 ms and 1 %, whichever is more.
    static void AreClose(double truth, double measured) => Assert.InRange(measured, truth - Math.Max(1, truth * 0.01), truth + Math.Max(1, truth * 0.01));

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    async Task<(MeasuredRun Run, IReadOnlyList<MockRequest> Served)> MeasureAsync(MockOptions options)
    {
        await using var server = MockServer.Start(options);
        var (code, _, error) = await _lem.RunAsync(
            Cancel, "experiment", "--backend", "vllm", "-m", "mock", "--url", server.Address.ToString(), "-d", "builtin:starter", "-n", $"{Requests}", "--output-len", $"{Tokens}",
            "--concurrency", "1", "--set", "baseline.enabled=false", "--set", "warmup.enabled=false", "--quiet");
        Assert.True(code == 0, error);

        // The first short request before the window is no measured one.
        return (MeasuredRun.Of(_lem.Results), [.. server.Log.Requests.Skip(1)]);
    }
}
