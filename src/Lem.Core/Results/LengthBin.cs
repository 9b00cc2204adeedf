namespace Lem.Core.Results;

/// <summary>How many lengths lie in [from, to).</summary>
public sealed record LengthBin(int FromTokens, int ToTokens, long Count);
