namespace Lem.Core.Results.Raw;

/// <summary>Prefix cache and KV blocks over the window, from engines that tell.</summary>
/// <param name="HitTokens">Prompt tokens found in the prefix cache.</param>
/// <param name="QueryTokens">Prompt tokens looked up in it.</param>
public sealed record KvCacheStatistics(long? HitTokens, long? QueryTokens, long? BlocksUsed, long? BlocksTotal);
