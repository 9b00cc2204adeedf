using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>The raw facts of one measured window, as far as they could be read.</summary>
/// <param name="Host">What the meter measured; null where host.json is torn or missing.</param>
/// <param name="Unmarked">Processes without a valid completion marker.</param>
public sealed record RawRun(
    RawExperiment Experiment,
    RawHost? Host,
    IReadOnlyList<RawProcessRun> Processes,
    IReadOnlyList<SkippedFile> Skipped,
    IReadOnlyList<int> Unmarked);
