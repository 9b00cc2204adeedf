namespace Lem.Core.Metrics.Flops;

/// <summary>Tokens of one request: real ones, without padding and without anything after the end.</summary>
/// <param name="Output">Generated tokens. The first comes out of the prefill, each other one out of a decode step.</param>
/// <param name="CachedInput">Of the input, those whose keys and values were found in a prefix cache and not computed.</param>
public readonly record struct RequestTokens(int Input, int Output, int CachedInput = 0);
