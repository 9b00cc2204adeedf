using Lem.Measurement.Engines.OpenAi.Dialects;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Dialects;

public sealed class ServerWatchTests
{
    [Fact]
    public void Totals_become_differences_and_ratios_of_the_window()
    {
        var open = new ServerCounters(PrefixHits: 100, PrefixQueries: 1000, QueueSeconds: 5, QueueCount: 10, GeneratedTokens: 500, DraftTokens: 40, AcceptedTokens: 10, Drafts: 10, CacheBlocks: 2000);
        var close = new ServerCounters(PrefixHits: 150, PrefixQueries: 1200, QueueSeconds: 6, QueueCount: 30, GeneratedTokens: 900, DraftTokens: 140, AcceptedTokens: 70, Drafts: 35, CacheBlocks: 2000, Running: 0, Waiting: 0);
        ServerCounters[] seen = [new(Running: 4, Waiting: 2, CacheUsage: 0.25), new(Running: 8, Waiting: 0, CacheUsage: 0.5)];

        var counts = ServerWatch.Between(open, seen, close);

        Assert.Equal((50, 200, 1000, 2000), (counts.KvCache?.HitTokens, counts.KvCache?.QueryTokens, counts.KvCache?.BlocksUsed, counts.KvCache?.BlocksTotal));
        var told = counts.Statistics ?? [];
        Assert.Equal(50, (double?)told["queue_mean_ms"]);
        Assert.Equal(400, (double?)told["generated_tokens"]);
        Assert.Equal(0.6, (double?)told["speculative_acceptance_rate"]);
        Assert.Equal(2.4, (double?)told["speculative_accepted_per_draft"]);
        Assert.Equal((8, 6), ((double?)told["requests_running_max"], (double?)told["requests_running_mean"]));
        Assert.Equal((2, 1), ((double?)told["requests_waiting_max"], (double?)told["requests_waiting_mean"]));
        Assert.Equal(4, (int?)told["looks"]);
        Assert.DoesNotContain("ttft_mean_ms", told.Select(member => member.Key));
    }

    [Fact]
    public void A_window_without_a_look_inside_has_no_mean()
    {
        var told = ServerWatch.Between(new(Running: 0), [], new(Running: 0)).Statistics ?? [];

        Assert.Equal(0, (double?)told["requests_running_max"]);
        Assert.DoesNotContain("requests_running_mean", told.Select(member => member.Key));
    }

    [Fact]
    public void A_total_that_fell_tells_nothing() =>
        Assert.DoesNotContain("generated_tokens", ServerWatch.Between(new(GeneratedTokens: 500), [new(GeneratedTokens: 20)], new(GeneratedTokens: 20)).Statistics?.Select(m => m.Key) ?? []);
}
