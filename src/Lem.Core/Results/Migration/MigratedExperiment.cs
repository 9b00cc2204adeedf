namespace Lem.Core.Results.Migration;

/// <summary>An experiment of an older tool that became one of lem's.</summary>
/// <param name="Sources">The files it was made from.</param>
/// <param name="Windows">Its windows: more than one where it had cycles.</param>
/// <param name="Findings">Kinds of doubts about it, by their codes.</param>
/// <param name="Gravest">How much the gravest of them weighs; null where there is none.</param>
public sealed record MigratedExperiment(
    string ExperimentId, OldForm Form, IReadOnlyList<string> Sources, int Windows, IReadOnlyList<string> Findings, FindingSeverity? Gravest);
