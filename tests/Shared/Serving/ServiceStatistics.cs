namespace Lem.Tests.Shared.Serving;

/// <summary>What a server counts over its life, as its metrics pages tell it. Any thread may count.</summary>
sealed class ServiceStatistics
{
    // Bounds of vLLM's histograms (vllm/v1/metrics/loggers.py).
    static readonly double[] RequestBounds = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

    long _promptTokens, _generationTokens, _cacheQueries, _cacheHits, _preemptions, _events, _succeeded, _kvTokens, _highestKvTokens, _drafts, _accepted;

    public Histogram QueueTime { get; } = new(RequestBounds);

    public Histogram EndToEnd { get; } = new(RequestBounds);

    public Histogram TimeToFirstToken { get; } = new(
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560);

    public Histogram InterTokenLatency { get; } = new(
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);

    /// <summary>(last − first) / (tokens − 1) of a request; zero for one token or none.</summary>
    public Histogram TimePerOutputToken { get; } = new(
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);

    public long PromptTokens => Volatile.Read(ref _promptTokens);

    public long GenerationTokens => Volatile.Read(ref _generationTokens);

    public long CacheQueries => Volatile.Read(ref _cacheQueries);

    public long CacheHits => Volatile.Read(ref _cacheHits);

    public long Preemptions => Volatile.Read(ref _preemptions);

    /// <summary>Events that brought tokens: the engine's steps for single requests.</summary>
    public long Events => Volatile.Read(ref _events);

    public long Succeeded => Volatile.Read(ref _succeeded);

    /// <summary>Tokens in the KV cache for requests in service.</summary>
    public long KvTokens => Volatile.Read(ref _kvTokens);

    public long HighestKvTokens => Volatile.Read(ref _highestKvTokens);

    /// <summary>Speculative decoding: drafts verified, and tokens of them accepted.</summary>
    public (long Drafts, long Accepted) Speculation => (Volatile.Read(ref _drafts), Volatile.Read(ref _accepted));

    public void Begin(int promptTokens, int cachedTokens, double queuedSeconds, bool preempted)
    {
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _cacheQueries, promptTokens);
        Interlocked.Add(ref _cacheHits, cachedTokens);
        Interlocked.Add(ref _kvTokens, promptTokens);
        if (preempted)
            Interlocked.Increment(ref _preemptions);
        QueueTime.Observe(queuedSeconds);
    }

    /// <summary>Tokens went out, in so many events.</summary>
    public void Sent(int tokens, int events)
    {
        Interlocked.Add(ref _generationTokens, tokens);
        Interlocked.Add(ref _events, events);
        Interlocked.Add(ref _drafts, events);
        Interlocked.Add(ref _accepted, tokens - events);
        var held = Interlocked.Add(ref _kvTokens, tokens);
        if (held > Volatile.Read(ref _highestKvTokens))
            Volatile.Write(ref _highestKvTokens, held);
    }

    public void End(MockRequest request, bool succeeded, long now)
    {
        Interlocked.Add(ref _kvTokens, -(request.PromptTokens + request.SentTokens));
        if (!succeeded)
            return;
        Interlocked.Increment(ref _succeeded);
        EndToEnd.Observe((now - request.Received) / 1e9);
        TimePerOutputToken.Observe(request.Sends is [var first, .., var last] ? (last.At - first.At) / 1e9 / (request.SentTokens - 1) : 0);
    }
}
