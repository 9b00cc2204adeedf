using System.Text.Json.Nodes;
using Lem.Core.Statistics;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>
/// What lem says of a server that knows exactly what it sent, and when. Other programs may take the processors from lem at any instant; that makes some
/// stamps late, and no verdict here depends on it: stamps are judged by the best of many, and figures by the stamps they are made of.
/// </summary>
public sealed class MockTruthTests(ITestOutputHelper output) : IDisposable
{
    const int Requests = 8;
    const int Tokens = 128;

    readonly LemProcess _lem = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _lem.Dispose();

    [Fact]
    public async Task Times_are_those_of_the_server()
    {
        var options = new MockOptions(Flavour.Vllm, TtftMs: 150, ItlMs: 10);
        var (run, served) = await MeasureAsync(options);

        StampsAreTrue(run.Requests[0], served);
        FiguresAreThoseOfTheStamps(run.Results[0], run.Requests[0], tokensPerArrival: 1);
        if (WasOnTime(served, options))
            FiguresAreThoseOfTheServer(run.Results[0], served);
        else
            output.WriteLine("The machine was too busy for the server itself to send on time: medians are not compared.");
        Assert.Equal(1, MeasuredRun.Number(run.Results[0]["load"]?["tokens_per_chunk"]));
        Assert.Equal(Requests * Tokens, MeasuredRun.Number(run.Results[0]["inference_metrics"]?["output_tokens"]));
    }

    [Fact]
    public async Task Four_tokens_in_an_event_are_four_tokens_and_flagged()
    {
        var (run, served) = await MeasureAsync(new(Flavour.Vllm, TtftMs: 50, ItlMs: 40, TokensPerChunk: 4));

        var result = run.Results[0];
        StampsAreTrue(run.Requests[0], served);
        FiguresAreThoseOfTheStamps(result, run.Requests[0], tokensPerArrival: 4);
        Assert.Equal(Requests * Tokens, MeasuredRun.Number(result["inference_metrics"]?["output_tokens"]));
        Assert.Equal(4, MeasuredRun.Number(result["load"]?["tokens_per_chunk"]));
        Assert.Contains("bunched_stream", MeasuredRun.Findings(result));
    }

    void StampsAreTrue(IReadOnlyList<JsonObject> requests, IReadOnlyList<MockRequest> served)
    {
        Assert.Equal(requests.Count, served.Count);
        Assert.All(requests.Zip(served), pair => Assert.Equal(pair.Second.Sends.Count - 1, StampedRequests.Gaps(pair.First).Count()));
        var stamps = new StampedRequests(requests, served);
        output.WriteLine($"The best request and the best arrival together were {stamps.LatestOpening - stamps.EarliestOpening:0.000} ms late.");

        Assert.InRange(stamps.LatestOpening - stamps.EarliestOpening, -StampedRequests.Rounding, 1);
        Assert.All(stamps.Lateness, request => Assert.InRange(request.Min(), 0, 1));
        // A fault that only first tokens have, or that grows along an answer, would be in every request.
        Assert.InRange(stamps.Lateness.Min(request => request[0]), 0, 1);
        Assert.All(Enumerable.Range(0, 8), eighth => Assert.InRange(stamps.Lateness.SelectMany(request => Part(request, eighth)).Min(), 0, 1));
        // And the user is free as soon as the answer is there.
        Assert.InRange(stamps.Turns.Min(), 0, 1);
    }

    static IEnumerable<double> Part(IReadOnlyList<double> arrivals, int eighth) => arrivals.Skip(arrivals.Count * eighth / 8).Take(arrivals.Count / 8);

    static void FiguresAreThoseOfTheStamps(JsonObject result, IReadOnlyList<JsonObject> requests, int tokensPerArrival)
    {
        Is("ttft", requests.Select(r => StampedRequests.Of(r, "first_s") - StampedRequests.Of(r, "intended_s")));
        Is("e2e", requests.Select(r => StampedRequests.Of(r, "last_s") - StampedRequests.Of(r, "intended_s")));
        Is("service", requests.Select(r => StampedRequests.Of(r, "last_s") - StampedRequests.Of(r, "sent_s")));
        Is("dispatch_delay", requests.Select(r => StampedRequests.Of(r, "sent_s") - StampedRequests.Of(r, "intended_s")));
        Is("tpot", requests.Select(r => (StampedRequests.Of(r, "last_s") - StampedRequests.Of(r, "first_s")) / (Tokens - 1)));
        Is("chunk_gap", requests.SelectMany(StampedRequests.Gaps));
        // Spread over the tokens of their arrival, in whole microseconds.
        Is("itl", requests.SelectMany(StampedRequests.Gaps).SelectMany(gap => Enumerable.Repeat(gap / tokensPerArrival, tokensPerArrival)));

        void Is(string figure, IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            var told = result["latency_stats"]?[figure];
            Assert.Equal(sorted.Length, MeasuredRun.Number(told?["n"]));
            Assert.Equal(sorted.Average(), MeasuredRun.Number(told?["mean"]), 0.001);
            Assert.Equal(sorted[^1], MeasuredRun.Number(told?["max"]), 0.001);
            foreach (var (name, share) in (ReadOnlySpan<(string, double)>)[("p50", 0.5), ("p90", 0.9), ("p99", 0.99)])
                Assert.Equal(Quantile.OfSorted(sorted, share)!.Value, MeasuredRun.Number(told?[name]), 0.001); // Not empty.
        }
    }

    // The server's own thread waits for its times as lem waits for bytes: where it is woken on time, so is lem.
    static bool WasOnTime(IReadOnlyList<MockRequest> served, MockOptions options)
    {
        double[] late = [.. served.SelectMany(request => request.Sends.Select((send, i) => ((send.At - (request.Started ?? 0)) / 1e6) - options.TtftMs - (i * options.ItlMs))).Order()];
        return Quantile.OfSorted(late, 0.9) < 0.3;
    }

    static void FiguresAreThoseOfTheServer(JsonObject result, IReadOnlyList<MockRequest> served)
    {
        var latency = result["latency_stats"];
        AreClose(Median(served.Select(s => (s.Sends[0].At - s.Received) / 1e6)), latency?["ttft"]);
        AreClose(Median(served.Select(s => (s.Sends[^1].At - s.Sends[0].At) / 1e6 / (Tokens - 1))), latency?["tpot"]);
        AreClose(Median(served.Select(s => (s.Sends[^1].At - s.Received) / 1e6)), latency?["service"]);
        AreClose(10, latency?["itl"]);
        Assert.DoesNotContain("bunched_stream", MeasuredRun.Findings(result));
    }

    // Within 1 ms and 1 %, whichever is more.
    static void AreClose(double truth, JsonNode? measured) =>
        Assert.InRange(MeasuredRun.Number(measured?["p50"]), truth - Math.Max(1, truth * 0.01), truth + Math.Max(1, truth * 0.01));

    static double Median(IEnumerable<double> values) => Quantile.OfSorted([.. values.Order()], 0.5) ?? double.NaN;

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
