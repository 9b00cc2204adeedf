namespace Lem.Measurement.Load.Prompts;

/// <summary>A prompt made of blocks, whose beginning is another prompt's as far as their blocks are the same.</summary>
public sealed record BlockPrompt(IReadOnlyList<PromptBlock> Blocks, int? OutputTokens = null)
    : Prompt("", Blocks.Sum(block => block.Tokens), OutputTokens)
{
    /// <summary>The words of all its blocks; made anew each time.</summary>
    public override string Text => string.Concat(Blocks.Select(block => block.Text));
}
