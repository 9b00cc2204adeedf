namespace Lem.Core.Results.Migration;

/// <summary>A file that was not migrated, why, and what to do.</summary>
public sealed record MigrationFailure(string File, string Message, string Hint);
