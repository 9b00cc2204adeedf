namespace Lem.Measurement.Load.Prompts;

/// <summary>A prompt of common words, at least as many as the tokens it is cut to.</summary>
sealed record SyntheticPrompt : Prompt
{
    readonly int _shared;
    readonly ulong _sharedSeed;
    readonly int _own;
    readonly ulong _seed;

    /// <param name="shared">Words at its beginning that other prompts of the same <paramref name="sharedSeed"/> have too.</param>
    /// <param name="own">Words of its own, after them.</param>
    /// <param name="outputTokens">Exact output length; null = until the end of text or the limit.</param>
    public SyntheticPrompt(int shared, ulong sharedSeed, int own, ulong seed, int? outputTokens)
        : base("", shared + own, outputTokens) => (_shared, _sharedSeed, _own, _seed) = (shared, sharedSeed, own, seed);

    /// <summary>The words; made anew each time, so that thousands of long prompts need no memory once they are tokens.</summary>
    public override string Text => CommonWords.Text(_shared, _sharedSeed) + CommonWords.Text(_own, _seed);
}
