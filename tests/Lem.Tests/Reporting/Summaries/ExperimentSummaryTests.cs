using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Reporting.Summaries;
using Lem.Tests.Core.Results.Aggregation;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class ExperimentSummaryTests
{
    [Fact]
    public void The_steady_part_and_loading_have_a_line_each()
    {
        var lines = ExperimentSummary.Render(Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()));

        // Two processes, each eight requests of 46 tokens within the eight seconds; 4,800 J.
        Assert.Contains("  steady part 8.0 s of the window: 92.0 output tok/s · 6.52 J per output token", lines);
        Assert.Contains("  loading     12.0 s · 5.00 kJ · 0 % of its files lay in memory", lines);
    }

    [Fact]
    public void How_requests_went_out_and_what_their_users_would_say_stand_in_the_summary()
    {
        var result = Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions());
        var latency = result.LatencyStats;

        var lines = ExperimentSummary.Render(result with
        {
            Load = new LoadMetrics("open_loop", Arrivals: "poisson", RequestedRate: 4, AchievedRate: 3.98, MaxInFlight: 14),
            LatencyStats = latency with
            {
                DispatchDelay = latency.DispatchDelay with { P99 = 6.2 },
                Objectives = new(TtftMs: 200, TpotMs: 50),
                GoodRequests = 8,
                Goodput = 1.6,
                JoulesPerGoodRequest = 25,
            },
        });

        Assert.Contains("  load        poisson arrivals, 4.00/s wanted, 3.98/s sent · dispatch delay p99 6.20 ms · up to 14 in flight", lines);
        Assert.Contains($"  objectives  TTFT ≤ 200 ms, TPOT ≤ 50.0 ms: kept by 8 of {result.InferenceMetrics.Requests} requests · goodput 1.60/s · 25.0 J per good request", lines);
        Assert.Contains("  load        closed loop of 1 user · up to 1 in flight", ExperimentSummary.Render(result with { Load = new("closed_loop", Concurrency: 1, MaxInFlight: 1) }));
    }

    [Theory]
    [InlineData("openai", "llama_server", "on llama-server ")]
    [InlineData("openai", "openai", "on openai ")]
    [InlineData("vllm", "vllm", "on vllm ")]
    public void The_title_names_the_server_that_answered(string backend, string server, string named) => Assert.Contains(
        named,
        ExperimentSummary.Render(Aggregator.Aggregate(SampleRun.Gpus(), new AggregationOptions()) with { Backend = backend, EngineEffective = new() { ["server"] = server } })[0],
        StringComparison.Ordinal);

    [Fact]
    public void What_was_not_found_has_no_line() => Assert.DoesNotContain(
        ExperimentSummary.Render(Aggregator.Aggregate(SampleRun.Cpu(), new AggregationOptions())),
        line => line.Contains("steady part", StringComparison.Ordinal) || line.Contains("loading", StringComparison.Ordinal));
}
