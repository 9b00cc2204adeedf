namespace Lem.Core.Metrics.Flops;

/// <summary>Query–key pairs: what attention's FLOP are proportional to (4·h_q per pair, for QKᵀ and AV).</summary>
static class AttentionArea
{
    /// <summary>Pairs of tokens at positions first … first + count − 1, each of which sees itself and all before it within the window.</summary>
    public static double Causal(long first, long count, long? window)
    {
        if (count <= 0)
            return 0;
        if (window is not { } width)
            return Triangle(first, count);

        // Position p sees min(p + 1, width) tokens: a triangle until the window is full, then a rectangle.
        var growing = Math.Clamp(width - first, 0, count);
        return Triangle(first, growing) + (count - growing) * (double)width;
    }

    /// <summary>Pairs that kernels compute for one prompt: each piece against the whole padded cache up to its end.</summary>
    /// <param name="cached">Tokens at the front that are in the cache already.</param>
    public static double ExecutedPrefill(long cached, long tokens, ExecutionShape execution)
    {
        var pairs = 0.0;
        var piece = Math.Max(1, execution.PrefillChunkTokens ?? tokens);
        for (var start = cached; start < tokens; start += piece)
        {
            var end = Math.Min(tokens, start + piece);
            pairs += (end - start) * execution.Padded(end);
        }
        return pairs;
    }

    static double Triangle(long first, long count) => count * (first + (count + 1) / 2.0);
}
