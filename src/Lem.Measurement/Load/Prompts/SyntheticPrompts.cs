using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Prompts of chosen lengths made of common words: the same seed gives the same prompts for every engine.</summary>
static class SyntheticPrompts
{
    /// <summary>Makes prompts whose exact token counts the load cuts to; the text is long enough for any tokenizer.</summary>
    /// <param name="sharedPrefix">Share of every prompt (0–1) that is the same in all of them.</param>
    public static IReadOnlyList<Prompt> Create(int count, TokenLengths input, TokenLengths? output, double sharedPrefix, ulong seed)
    {
        var lengths = new SplitMix64(SplitMix64.Derive(seed, 0));
        var inputLength = new TokenLength(input);
        var outputLength = output is null ? null : new TokenLength(output);
        var prompts = new Prompt[count];
        for (var i = 0; i < count; i++)
        {
            var tokens = inputLength.Draw(lengths);
            var shared = (int)Math.Round(tokens * Math.Clamp(sharedPrefix, 0, 1));
            prompts[i] = new SyntheticPrompt(shared, SplitMix64.Derive(seed, 1), tokens - shared, SplitMix64.Derive(seed, 2 + (ulong)i), outputLength?.Draw(lengths));
        }

        return prompts;
    }
}
