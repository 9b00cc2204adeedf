namespace Lem.Core.Results;

/// <summary>How the processes' files became one result, and what was verified on the way.</summary>
/// <param name="Method">sum_energy_union_window: energy over distinct devices, tokens over processes, rates over the union window.</param>
/// <param name="NumProcesses">Processes in the result.</param>
/// <param name="TemporalOverlapVerified">All processes ran together for at least half of the shortest one's time.</param>
/// <param name="TemporalOverlapFraction">Time all ran together ÷ the shortest one's time.</param>
/// <param name="GpuAttributionVerified">Each device belongs to one process.</param>
/// <param name="Complete">Every expected process, marker, and hash was there.</param>
public sealed record AggregationRecord(
    string Method,
    int NumProcesses,
    int ExpectedProcesses,
    bool TemporalOverlapVerified,
    double? TemporalOverlapFraction,
    bool GpuAttributionVerified,
    bool Complete,
    IReadOnlyList<SkippedFile> SkippedFiles,
    IReadOnlyList<string> Warnings);
