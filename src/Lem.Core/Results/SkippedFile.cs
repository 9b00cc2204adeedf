namespace Lem.Core.Results;

/// <summary>A raw file that was left out, and why.</summary>
public sealed record SkippedFile(string File, string Reason);
