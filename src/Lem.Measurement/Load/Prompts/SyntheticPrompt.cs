namespace Lem.Measurement.Load.Prompts;

/// <summary>A prompt of common words, at least as many as the tokens it is cut to.</summary>
sealed record SyntheticPrompt : Prompt
{
    readonly int _words;
    readonly ulong _seed;

    /// <param name="words">As many as the tokens it is to have.</param>
    /// <param name="outputTokens">Exact output length; null = until the end of text or the limit.</param>
    public SyntheticPrompt(int words, ulong seed, int? outputTokens)
        : base("", words, outputTokens) => (_words, _seed) = (words, seed);

    /// <summary>The words; made anew each time, so that thousands of long prompts need no memory once they are tokens.</summary>
    public override string Text => CommonWords.Text(_words, _seed);
}
