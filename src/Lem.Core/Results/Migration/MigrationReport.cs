namespace Lem.Core.Results.Migration;

/// <summary>What a migration came to.</summary>
public sealed record MigrationReport(IReadOnlyList<MigratedExperiment> Experiments, IReadOnlyList<MigrationFailure> Failures);
