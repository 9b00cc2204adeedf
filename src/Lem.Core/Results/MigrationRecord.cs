namespace Lem.Core.Results;

/// <summary>Where a result came from that an older tool measured.</summary>
/// <param name="Form">lem_2, lem_3 (the predecessor's schema 2.x and 3.0.0), llem_3 (its rewrite's 3.0).</param>
/// <param name="OriginalId">What the older tool called it.</param>
/// <param name="OriginalVersion">Version of the older tool, where it says so.</param>
/// <param name="Sources">The files it was made from, untouched.</param>
/// <param name="Derived">Paths of fields that stand in no file but follow from some that do.</param>
public sealed record MigrationRecord(
    string Form,
    string OriginalId,
    string OriginalSchema,
    string? OriginalVersion,
    IReadOnlyList<MigrationSource> Sources,
    IReadOnlyList<string> Derived);
