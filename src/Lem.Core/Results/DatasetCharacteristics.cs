namespace Lem.Core.Results;

/// <summary>The prompts that were measured, and the lengths that really occurred.</summary>
/// <param name="TruncatedPrompts">Prompts cut to the input limit.</param>
/// <param name="PromptSetSha256">Equal hashes: equal prompts in equal order.</param>
public sealed record DatasetCharacteristics(
    string Name,
    string? Revision,
    int Prompts,
    int? TruncatedPrompts,
    string? PromptSetSha256,
    LengthDistribution InputTokens,
    LengthDistribution OutputTokens);
