namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>How many tokens the context must hold.</summary>
static class ContextPlan
{
    /// <summary>llama.cpp pads each sequence's share of the cache to this many cells.</summary>
    const int CellBlock = 256;

    /// <summary>Tokens over all requests of a batch: as asked, else room for the longest request in each row.</summary>
    /// <remarks>The last output token is chosen but never computed, yet it counts here: a cell more costs nothing.</remarks>
    public static int Tokens(LlamaCppOptions options, int trainedContext)
    {
        if (options.ContextTokens is > 0 and var tokens)
            return tokens;
        var perRequest = Math.Max(1, options.TokensPerRequest ?? trainedContext);
        var cells = ((long)perRequest + CellBlock - 1) / CellBlock * CellBlock;
        return (int)Math.Min(int.MaxValue, cells * options.MaxBatch);
    }
}
