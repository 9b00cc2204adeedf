namespace Lem.Tests.Shared.Serving;

/// <summary>What a client asked for in the body of a completion or a chat completion.</summary>
/// <param name="Prompts">Tokens of each prompt; a chat is one prompt.</param>
/// <param name="MaxTokens">Null = not said.</param>
/// <param name="CachePrompt">llama-server's: whether prefixes may be taken from the cache.</param>
sealed record GenerationCall(
    bool IsChat,
    string? Model,
    IReadOnlyList<IReadOnlyList<int>> Prompts,
    int? MaxTokens,
    int MinTokens,
    bool IgnoreEos,
    bool Stream,
    bool IncludeUsage,
    bool ContinuousUsage,
    bool TimingsPerToken,
    bool ReturnTokenIds,
    bool CachePrompt)
{
    public int PromptTokens => Prompts.Sum(prompt => prompt.Count);
}
