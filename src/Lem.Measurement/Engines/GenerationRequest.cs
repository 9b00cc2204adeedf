namespace Lem.Measurement.Engines;

/// <summary>One prompt to continue, with everything an engine needs to know to do it the same way again.</summary>
/// <param name="Index">Identifies the request's events; unique within a window.</param>
/// <param name="Prompt">The prompt's tokens, already cut to the input limit; empty where the engine has no tokenizer to ask, and then there is a text.</param>
/// <param name="MaxTokens">Output limit, at least 1.</param>
/// <param name="MinTokens">The end of text is not accepted before this many output tokens.</param>
/// <param name="IgnoreEos">Go on to <paramref name="MaxTokens"/> whatever the model says: fixed output length.</param>
/// <param name="Sampling">How the next token is chosen.</param>
/// <param name="Seed">Seed of this request's own random numbers: equal seeds give equal tokens on one engine and machine.</param>
/// <param name="Tokenization">What turning its text into tokens took, where that was timed.</param>
/// <param name="Text">The prompt as text, cut like its tokens, for engines that take text.</param>
public sealed record GenerationRequest(
    int Index,
    IReadOnlyList<int> Prompt,
    int MaxTokens,
    int MinTokens,
    bool IgnoreEos,
    SamplingSettings Sampling,
    uint Seed,
    TimeSpan? Tokenization = null,
    string? Text = null);
