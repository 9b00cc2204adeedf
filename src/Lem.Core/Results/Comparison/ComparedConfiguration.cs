namespace Lem.Core.Results.Comparison;

/// <summary>One configuration of a comparison.</summary>
/// <param name="Name">Its short name here: the configuration's own where that is the only one of its kind.</param>
/// <param name="ExperimentIds">The experiments it was measured by: one load of the model each.</param>
/// <param name="WindowIds">The measured windows.</param>
public sealed record ComparedConfiguration(
    string Name,
    string ConfigName,
    string ModelName,
    string Backend,
    string ConfigHash,
    IReadOnlyList<string> ExperimentIds,
    IReadOnlyList<string> WindowIds);
