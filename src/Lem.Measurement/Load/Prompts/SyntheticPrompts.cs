using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Prompts of chosen lengths made of common words: the same seed gives the same prompts for every engine.</summary>
static class SyntheticPrompts
{
    /// <summary>Makes prompts whose exact token counts the load cuts to; the text is long enough for any tokenizer.</summary>
    /// <param name="sharedPrefix">Share of every prompt (0–1) that is the same in all of them: exactly so many of its tokens.</param>
    public static IReadOnlyList<Prompt> Create(int count, TokenLengths input, TokenLengths? output, double sharedPrefix, ulong seed)
    {
        var lengths = new SplitMix64(SplitMix64.Derive(seed, 0));
        var inputLength = new TokenLength(input);
        var outputLength = output is null ? null : new TokenLength(output);
        var prompts = new Prompt[count];
        for (var i = 0; i < count; i++)
        {
            var tokens = inputLength.Draw(lengths);
            var own = SplitMix64.Derive(seed, 2 + (ulong)i);
            var outputTokens = outputLength?.Draw(lengths);
            prompts[i] = sharedPrefix > 0
                ? new BlockPrompt(Blocks(tokens, (int)Math.Round(tokens * Math.Min(sharedPrefix, 1)), SplitMix64.Derive(seed, 1), own), outputTokens)
                : new SyntheticPrompt(tokens, own, outputTokens);
        }

        return prompts;
    }

    // Each is cut to its tokens for itself: of words in a row, the end of the prompt would be cut, and with it what is its own.
    static PromptBlock[] Blocks(int tokens, int shared, ulong sharedSeed, ulong ownSeed) =>
        [.. new PromptBlock[] { new(sharedSeed, shared, IsShared: true), new(ownSeed, tokens - shared, IsShared: false) }.Where(block => block.Tokens > 0)];
}
