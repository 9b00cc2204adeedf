namespace Lem.Measurement.Load.Prompts;

/// <summary>A stretch of a prompt, of exactly so many tokens: equal blocks are equal words and equal tokens wherever they stand.</summary>
/// <param name="Seed">Of its words; blocks of one seed and different lengths begin alike.</param>
/// <param name="IsShared">It stands in more than one prompt.</param>
public sealed record PromptBlock(ulong Seed, int Tokens, bool IsShared)
{
    /// <summary>Its words, at least as many tokens as it has; made anew each time, for thousands of long prompts would fill gigabytes.</summary>
    public string Text => CommonWords.Text(Tokens, Seed);
}
