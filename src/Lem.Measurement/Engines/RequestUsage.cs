namespace Lem.Measurement.Engines;

/// <summary>What an engine counted of one request; null where it does not tell.</summary>
/// <param name="PromptTokens">As it took the prompt, special tokens included.</param>
/// <param name="CachedTokens">Of the prompt, found in the prefix cache and not computed.</param>
/// <param name="FinishReason">In the engine's own word: stop, length.</param>
public sealed record RequestUsage(int? PromptTokens, int? OutputTokens, int? CachedTokens, string? FinishReason);
