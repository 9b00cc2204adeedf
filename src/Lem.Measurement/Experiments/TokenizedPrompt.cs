namespace Lem.Measurement.Experiments;

/// <summary>A prompt as an engine takes it.</summary>
/// <param name="Tokens">Empty where nobody can tell them.</param>
/// <param name="Text">Null where the engine takes tokens.</param>
/// <param name="Tokenization">What turning the text into tokens took; null where nobody did.</param>
sealed record TokenizedPrompt(IReadOnlyList<int> Tokens, string? Text, TimeSpan? Tokenization)
{
    /// <summary>Its beginning, where it has tokens; a text stays whole.</summary>
    public TokenizedPrompt CutTo(int tokens) => Tokens.Count <= tokens ? this : this with { Tokens = [.. Tokens.Take(tokens)] };
}
