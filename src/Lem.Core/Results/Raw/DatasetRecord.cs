namespace Lem.Core.Results.Raw;

/// <summary>The prompts that were given. Their lengths are in the request lines.</summary>
/// <param name="TruncatedPrompts">Prompts cut to the input limit.</param>
/// <param name="PromptSetSha256">Hash of the prompts in the order of their use.</param>
public sealed record DatasetRecord(string Name, string? Revision, int Prompts, int? TruncatedPrompts, string? PromptSetSha256);
