namespace Lem.Cli.Listings;

/// <summary>A prompt set that has a name here.</summary>
/// <param name="Subset">Null where it has none, or its usual one is meant.</param>
/// <param name="Column">Of the prompt; null where there are no columns.</param>
/// <param name="Prompts">How many rows, or null where only the hub knows.</param>
/// <param name="Revision">Commit of what is kept here; null where nothing is.</param>
/// <param name="Note">What it takes to use it.</param>
sealed record PromptSetRow(string Name, string Source, string? Subset, string? Split, string? Column, int? Prompts, string? Revision, string Note);
