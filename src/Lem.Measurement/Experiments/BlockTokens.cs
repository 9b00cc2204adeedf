using Lem.Core;
using Lem.Measurement.Engines;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>
/// Tokens of prompts made of blocks. Each block is made tokens for itself and cut to its length, so that prompts share exactly the tokens their
/// blocks say, however many tokens a word has in this tokenizer.
/// </summary>
sealed class BlockTokens(IEngine engine)
{
    // By the seed of their words, the longest so far: shorter ones are its beginning. Of blocks that come again only: the others would be kept for nothing.
    readonly Dictionary<ulong, int[]> _shared = [];
    int[]? _special;

    /// <summary>The prompt's tokens; null where the engine has no tokenizer to ask.</summary>
    /// <exception cref="LemException">A block's words are fewer tokens than it is to have.</exception>
    public async Task<int[]?> OfAsync(BlockPrompt prompt, CancellationToken cancellationToken)
    {
        // What the model wants in front of a text stands in front of the prompt once, as part of its first block.
        if (await SpecialAsync(cancellationToken) is not { } special)
            return null;
        var tokens = new int[prompt.Blocks.Sum(block => block.Tokens)];
        special.AsSpan(0, Math.Min(special.Length, tokens.Length)).CopyTo(tokens);
        var end = 0;
        foreach (var block in prompt.Blocks)
        {
            if (await OfAsync(block, special.Length, cancellationToken) is not { } content)
                return null;
            var start = Math.Min(special.Length - Math.Min(special.Length, end), block.Tokens);
            content.AsSpan(0, block.Tokens - start).CopyTo(tokens.AsSpan(end + start));
            end += block.Tokens;
        }

        return tokens;
    }

    async Task<int[]?> OfAsync(PromptBlock block, int special, CancellationToken cancellationToken)
    {
        if (_shared.TryGetValue(block.Seed, out var known) && known.Length >= block.Tokens)
            return known;
        if (await engine.TokenizeAsync(block.Text, cancellationToken) is not { } all)
            return null;
        if (all.Count - special < block.Tokens)
            throw new LemException(
                $"a text of {block.Tokens} words has {all.Count - special} tokens, but as many as words were asked for",
                "This tokenizer makes fewer tokens than words: neither a trace nor a shared_prefix can be had with it.");
        int[] tokens = [.. all.Skip(special).Take(block.Tokens)];
        if (block.IsShared)
            _shared[block.Seed] = tokens;
        return tokens;
    }

    /// <summary>What the tokenizer puts in front of a text, as the model wants it; null where the engine has no tokenizer to ask.</summary>
    public async Task<int[]?> SpecialAsync(CancellationToken cancellationToken)
    {
        // The common beginning of two texts that begin with different letters.
        if (_special is null && await engine.TokenizeAsync("time", cancellationToken) is { } one && await engine.TokenizeAsync("year", cancellationToken) is { } other)
            _special = [.. one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        return _special;
    }
}
