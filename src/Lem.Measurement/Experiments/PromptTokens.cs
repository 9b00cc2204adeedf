using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>Makes prompts what an engine takes, exactly as long as they may be: by its own tokenizer where it has one, else by what their length in characters allows.</summary>
/// <param name="takesText">The engine takes texts: what was cut is turned back into one.</param>
/// <param name="maxTokens">Null = never cut.</param>
sealed class PromptTokens(IEngine engine, bool takesText, int? maxTokens, TimeProvider time)
{
    // Fewer characters make a token in no tokenizer of a language written in letters.
    const int FewestCharactersPerToken = 2;

    readonly BlockTokens _blocks = new(engine);

    /// <summary>Prompts that were cut to the limit so far.</summary>
    public int Truncated { get; private set; }

    /// <param name="index">Number of the prompt, for messages.</param>
    /// <exception cref="LemException">Its length is not to be had, or the tokenizer did not answer.</exception>
    public async Task<TokenizedPrompt> OfAsync(int index, Prompt prompt, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        if (await AllAsync(prompt, cancellationToken) is not { } tokens)
            return Untokenized(index, prompt);
        var tokenization = time.GetElapsedTime(start);
        if (prompt.InputTokens > tokens.Count)
            throw new LemException($"prompt {index}: the text has {tokens.Count} tokens, but {prompt.InputTokens} were asked for", "This tokenizer makes fewer tokens than words; ask for shorter synthetic prompts.");
        if ((prompt.InputTokens ?? tokens.Count) > maxTokens)
            Truncated++;
        var limit = Math.Min(prompt.InputTokens ?? int.MaxValue, maxTokens ?? int.MaxValue);
        // Blocks are tokens of their own, and their words more than these.
        if (tokens.Count <= limit && !(takesText && prompt is BlockPrompt))
            return new(tokens, takesText ? prompt.Text : null, tokenization);
        int[] cut = [.. tokens.Take(limit)];
        // The whole text in place of the cut one would be another workload.
        return new(cut, takesText ? await TextAsync(cut, cancellationToken) ?? throw Uncut(index, prompt, tokens.Count) : null, tokenization);
    }

    // Without what stands in front of it: the engine that takes texts puts that there itself.
    async Task<string?> TextAsync(int[] tokens, CancellationToken cancellationToken)
    {
        var special = await _blocks.SpecialAsync(cancellationToken) ?? [];
        return await engine.DetokenizeAsync(tokens.AsSpan().StartsWith(special) ? tokens[special.Length..] : tokens, cancellationToken);
    }

    async Task<IReadOnlyList<int>?> AllAsync(Prompt prompt, CancellationToken cancellationToken) => prompt is BlockPrompt blocks
        ? await _blocks.OfAsync(blocks, cancellationToken)
        : await engine.TokenizeAsync(prompt.Text, cancellationToken);

    /// <summary>Prompts for warm-up, each of at least so many tokens: those to spare, and words of our own where they do not suffice.</summary>
    public async Task<IReadOnlyList<TokenizedPrompt>> PoolAsync(
        IReadOnlyList<Prompt> spare, int tokens, int wanted, ulong seed, CancellationToken cancellationToken)
    {
        var pool = new List<TokenizedPrompt>();
        foreach (var prompt in spare.Take(256))
            if (await TryAsync(prompt.Text, cancellationToken) is var tokenized && tokenized.Tokens.Count >= tokens && !MayBeTooLong(tokenized.Text))
                pool.Add(tokenized.CutTo(tokens));
        var made = Load.Prompts.SyntheticPrompts.Create(Math.Max(0, wanted - pool.Count), new TokenLengths(Mean: Math.Max(tokens, 1)), null, 0, seed);
        foreach (var prompt in made)
            pool.Add((await TryAsync(prompt.Text, cancellationToken)).CutTo(tokens));
        return pool;
    }

    async Task<TokenizedPrompt> TryAsync(string text, CancellationToken cancellationToken) =>
        await engine.TokenizeAsync(text, cancellationToken) is { } tokens ? new(tokens, takesText ? text : null, null) : new([], text, null);

    // A text that goes out whole.
    bool MayBeTooLong(string? text) => text?.Length / FewestCharactersPerToken > maxTokens;

    LemException Uncut(int index, Prompt prompt, int tokens) => prompt.InputTokens is { } exact && !(exact > maxTokens)
        ? new(
            $"prompt {index} is to have exactly {exact} tokens, but this server takes texts here and makes none of tokens",
            "Take prompts of a file or a data set, or the endpoint that takes tokens, where the server has it: --set server.endpoint=completions")
        : new(
            $"prompt {index} has {prompt.InputTokens ?? tokens} tokens, more than max_input_tokens ({maxTokens}), and cannot be cut: this server takes texts here and makes none of tokens",
            "Raise max_input_tokens, or set it to null: prompts then go out as they are. Or take the endpoint that takes tokens, where the server has it: --set server.endpoint=completions");

    TokenizedPrompt Untokenized(int index, Prompt prompt)
    {
        if (prompt.InputTokens is { } exact)
            throw new LemException(
                $"prompt {index} is to have {exact} tokens, but this server has no tokenizer to count them with",
                "Take prompts of a file or a data set, or a server with a tokenizer endpoint (vLLM, llama-server, newest TensorRT-LLM).");
        if (MayBeTooLong(prompt.Text))
            throw new LemException(
                $"prompt {index} of {prompt.Text.Length} characters may have more than max_input_tokens ({maxTokens}) tokens, and this server has no tokenizer to cut it with",
                "Raise max_input_tokens, or set it to null: prompts then go out as they are.");
        return new([], prompt.Text, null);
    }
}
