namespace Lem.Tests.Shared.Serving;

/// <summary>What one request will get: decided before its service starts, from the options, the call and the request's number alone.</summary>
/// <param name="Number">In the order the requests came, from zero.</param>
/// <param name="OutputTokens">Of each choice.</param>
/// <param name="StoppedByModel">The model wanted to stop; else the limit was reached.</param>
/// <param name="CachedTokens">Prompt tokens found in the prefix cache.</param>
/// <param name="Fault">How it fails; null = it does not.</param>
sealed record ServicePlan(int Number, int OutputTokens, bool StoppedByModel, int CachedTokens, MockFault? Fault, MockOptions Options)
{
    /// <summary>OpenAI's default length of a completion.</summary>
    const int DefaultTokens = 16;

    /// <summary>Events of each choice.</summary>
    public int Events => (OutputTokens + Options.TokensPerChunk - 1) / Options.TokensPerChunk;

    public static ServicePlan For(int number, GenerationCall call, int cachedTokens, MockFault? fault, MockOptions options)
    {
        var limit = call.MaxTokens ?? DefaultTokens;
        var stop = call.IgnoreEos ? int.MaxValue : Math.Max(call.MinTokens, options.EosAfter ?? int.MaxValue);
        return new(
            number,
            Math.Min(limit, stop),
            stop <= limit,
            cachedTokens,
            fault,
            options);
    }

    /// <summary>Nanoseconds from the start of service to the first event.</summary>
    public long TimeToFirst(int promptTokens) =>
        Jittered(Options.TtftMs * (promptTokens - CachedTokens) / Math.Max(1, promptTokens), 0);

    /// <summary>Nanoseconds between an event and the one before it; events count from zero.</summary>
    public long Gap(int @event) => Jittered(Options.ItlMs, @event);

    long Jittered(double milliseconds, int draw)
    {
        var jitter = Options.JitterMs == 0 ? 0 : Options.JitterMs * ((2 * Noise.Uniform(Options.Seed, Number, draw)) - 1);
        return Monotonic.FromMilliseconds(Math.Max(0, milliseconds + jitter));
    }
}
