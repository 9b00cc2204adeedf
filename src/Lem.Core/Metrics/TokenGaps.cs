using Lem.Core.Results.Raw;

namespace Lem.Core.Metrics;

/// <summary>The gaps between consecutive output tokens (ITL) of requests, collected without keeping the requests.</summary>
/// <remarks>
/// Where an arrival holds several tokens, the gap before it is spread over them. An arrival without tokens lengthens the next gap. Where the
/// tokens per arrival are unknown, only the chunk gaps are known.
/// </remarks>
public sealed class TokenGaps
{
    /// <summary>Gap per output token after the first arrival's.</summary>
    public GapHistogram Tokens { get; } = new();

    /// <summary>The same without each request's first and last gap; requests with fewer than three give none.</summary>
    public GapHistogram Trimmed { get; } = new();

    /// <summary>Gap per arrival, whatever it held.</summary>
    public GapHistogram Chunks { get; } = new();

    /// <summary>Requests whose tokens per arrival were unknown.</summary>
    public long Unknown { get; private set; }

    /// <summary>Sum of one request's token gaps in µs, and their number; null where unknown or none. For the interval over requests.</summary>
    public (double SumUs, long Count)? Add(RequestRecord request)
    {
        if (request.GapsUs is not { Length: > 0 } gaps)
            return null;
        Chunks.Add(gaps);
        var tokens = request.GapTokens;
        if (tokens is null && gaps.Length == request.OutputTokens - 1)
            return AddSingle(gaps);
        if (tokens?.Length == gaps.Length)
            return AddShared(gaps, tokens);
        Unknown++;
        return null;
    }

    /// <summary>One token in each arrival: the gaps are the tokens' own.</summary>
    (double SumUs, long Count) AddSingle(int[] gaps)
    {
        Tokens.Add(gaps);
        if (gaps.Length >= 3)
            Trimmed.Add(gaps.AsSpan(1, gaps.Length - 2));
        long sum = 0;
        foreach (var gap in gaps)
            sum += gap;
        return (sum, gaps.Length);
    }

    (double SumUs, long Count)? AddShared(int[] gaps, int[] tokens)
    {
        double sum = 0, waiting = 0;
        long count = 0;
        for (var i = 0; i < gaps.Length; i++)
        {
            waiting += gaps[i];
            var held = tokens[i];
            if (held == 0)
                continue;
            Tokens.Add(waiting / held, held);
            if (gaps.Length >= 3 && i > 0 && i < gaps.Length - 1)
                Trimmed.Add(waiting / held, held);
            sum += waiting;
            count += held;
            waiting = 0;
        }

        return count > 0 ? (sum, count) : null;
    }
}
