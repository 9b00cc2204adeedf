namespace Lem.Core.Results;

/// <summary>Statistics over the cycles of one experiment: &lt;id&gt;_multi_cycle.json.</summary>
/// <param name="NumCycles">Cycles in the statistics.</param>
/// <param name="RequestedCycles">Cycles asked for.</param>
/// <param name="CycleIds">Ids of the cycles' results, in order.</param>
/// <param name="Metrics">One entry per metric, by its path in a result.</param>
public sealed record MultiCycleResult(
    string SchemaVersion,
    string Producer,
    string LemVersion,
    string ExperimentId,
    string ConfigName,
    string ModelName,
    string Backend,
    string? BackendVersion,
    string ConfigHash,
    int NumCycles,
    int RequestedCycles,
    IReadOnlyList<string> CycleIds,
    DateTimeOffset StartTime,
    DateTimeOffset EndTime,
    double TotalDurationSec,
    IReadOnlyList<CycleStatistic> Metrics,
    IReadOnlyList<Finding> Findings);
