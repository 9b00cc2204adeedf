using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>A server's own counters over a window: read at its edges, and in between for what only shows there.</summary>
sealed class ServerWatch : IAsyncDisposable
{
    readonly Func<CancellationToken, Task<ServerCounters?>> _read;
    readonly TimeSpan _interval;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _closed = new();
    readonly List<ServerCounters> _seen = [];
    readonly ServerCounters _open;
    readonly Task _watching;

    ServerWatch(Func<CancellationToken, Task<ServerCounters?>> read, TimeSpan interval, TimeProvider time, ServerCounters open)
    {
        (_read, _interval, _time, _open) = (read, interval, time, open);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Begins to watch; null where the server publishes nothing.</summary>
    public static async Task<ServerWatch?> OpenAsync(
        Func<CancellationToken, Task<ServerCounters?>> read, TimeSpan interval, TimeProvider time, CancellationToken cancellationToken) =>
        await read(cancellationToken) is { } open ? new(read, interval, time, open) : null;

    public async Task<EngineCounts> CloseAsync(CancellationToken cancellationToken)
    {
        await _closed.CancelAsync();
        await _watching;
        return await _read(cancellationToken) is { } close ? Between(_open, _seen, close) : EngineCounts.None;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watching;
        _closed.Dispose();
    }

    async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_interval, _time, _closed.Token);
                if (await _read(_closed.Token) is { } counters)
                    _seen.Add(counters);
            }
        }
        catch (OperationCanceledException)
        {
            // The window is closed.
        }
    }

    /// <param name="seen">Looks within the window, its edges left out: there nothing runs, which is no part of a mean.</param>
    internal static EngineCounts Between(ServerCounters open, IReadOnlyList<ServerCounters> seen, ServerCounters close)
    {
        List<ServerCounters> all = [.. seen, close];
        var usage = all.Max(c => c.CacheUsage);
        var hits = Growth(open.PrefixHits, close.PrefixHits);
        var queries = Growth(open.PrefixQueries, close.PrefixQueries);
        var blocks = close.CacheBlocks;
        var cache = hits is null && queries is null && blocks is null
            ? null
            : new KvCacheStatistics((long?)hits, (long?)queries, (long?)Rounded(usage * blocks), (long?)blocks);
        var drafted = Growth(open.DraftTokens, close.DraftTokens);
        var accepted = Growth(open.AcceptedTokens, close.AcceptedTokens);
        var statistics = new JsonObject
        {
            ["looks"] = seen.Count + 2,
            ["requests_running_max"] = all.Max(c => c.Running),
            ["requests_running_mean"] = seen.Average(c => c.Running),
            ["requests_waiting_max"] = all.Max(c => c.Waiting),
            ["requests_waiting_mean"] = seen.Average(c => c.Waiting),
            ["kv_cache_usage_max"] = usage,
            ["prompt_tokens"] = Growth(open.PromptTokens, close.PromptTokens),
            ["generated_tokens"] = Growth(open.GeneratedTokens, close.GeneratedTokens),
            ["prefix_cache_hit_tokens"] = hits,
            ["prefix_cache_query_tokens"] = queries,
            ["preemptions"] = Growth(open.Preemptions, close.Preemptions),
            ["queue_mean_ms"] = MeanMs(open.QueueSeconds, close.QueueSeconds, open.QueueCount, close.QueueCount),
            ["prefill_sum_ms"] = Growth(open.PrefillSeconds, close.PrefillSeconds) * 1e3,
            ["prefill_mean_ms"] = MeanMs(open.PrefillSeconds, close.PrefillSeconds, open.PrefillCount, close.PrefillCount),
            ["ttft_mean_ms"] = MeanMs(open.TtftSeconds, close.TtftSeconds, open.TtftCount, close.TtftCount),
            ["tpot_mean_ms"] = MeanMs(open.TpotSeconds, close.TpotSeconds, open.TpotCount, close.TpotCount),
            ["speculative_draft_tokens"] = drafted,
            ["speculative_accepted_tokens"] = accepted,
            ["speculative_acceptance_rate"] = drafted > 0 ? accepted / drafted : null,
            ["speculative_accepted_per_draft"] = Growth(open.Drafts, close.Drafts) is > 0 and var drafts ? accepted / drafts : null,
        };
        foreach (var unknown in statistics.Where(member => member.Value is null).Select(member => member.Key).ToList())
            statistics.Remove(unknown);
        return new(cache, statistics);
    }

    // A total that fell belongs to a server that started anew.
    static double? Growth(double? open, double? close) => close - open is >= 0 and var growth ? growth : null;

    static double? MeanMs(double? sumOpen, double? sumClose, double? countOpen, double? countClose) =>
        Growth(countOpen, countClose) is > 0 and var count ? Growth(sumOpen, sumClose) / count * 1e3 : null;

    static double? Rounded(double? value) => value is { } number ? Math.Round(number) : null;
}
