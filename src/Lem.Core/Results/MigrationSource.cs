namespace Lem.Core.Results;

/// <summary>A file that a result was made from.</summary>
/// <param name="File">Its path below the folder that was migrated.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hex.</param>
public sealed record MigrationSource(string File, string Sha256);
