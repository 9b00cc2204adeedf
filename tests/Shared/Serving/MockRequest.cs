namespace Lem.Tests.Shared.Serving;

/// <summary>
/// One request as the server saw it. Times are nanoseconds of CLOCK_MONOTONIC. Written by whoever serves the request; complete when
/// <see cref="Outcome"/> is set.
/// </summary>
/// <param name="number">In the order the requests came, from zero.</param>
/// <param name="id">The client's <c>X-Request-Id</c>; null = none.</param>
/// <param name="body">As it came; null where it was longer than <see cref="MockOptions.KeepBodyBytes"/>.</param>
sealed class MockRequest(int number, string path, string? id, string? body, long received)
{
    readonly List<(long At, int Tokens)> _sends = [];
    volatile string? _outcome;

    public int Number => number;

    public string Path => path;

    public string? Id => id;

    public string? Body => body;

    /// <summary>The last byte of the request was there.</summary>
    public long Received => received;

    /// <summary>Its service began; null = it never did.</summary>
    public long? Started { get; set; }

    public int PromptTokens { get; set; }

    public int CachedTokens { get; set; }

    /// <summary>Every packet with tokens: when it was handed to the kernel, and the tokens of all choices in it.</summary>
    public IReadOnlyList<(long At, int Tokens)> Sends
    {
        get
        {
            lock (_sends)
                return [.. _sends];
        }
    }

    public long SentTokens { get; private set; }

    /// <summary><c>complete</c>, <c>abandoned</c> by the client, a status such as <c>429</c>, or the name of a fault; null = in progress.</summary>
    public string? Outcome => _outcome;

    public void Sent(long at, int tokens)
    {
        if (tokens == 0)
            return;
        lock (_sends)
            _sends.Add((at, tokens));
        SentTokens += tokens;
    }

    public void End(string outcome) => _outcome = outcome;
}
