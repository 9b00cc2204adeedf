namespace Lem.Measurement.Experiments.Events;

/// <summary>The experiment has its id and its folder; nothing is measured yet.</summary>
/// <param name="Cycles">Windows to measure in this run, those already complete not counted.</param>
/// <param name="RequestsPerCycle">Requests in each window.</param>
/// <param name="CycleNumbers">Which windows those are, from 1.</param>
/// <param name="CycleCount">Windows of the whole experiment.</param>
public sealed record ExperimentStarted(
    double ElapsedSeconds,
    string ExperimentId,
    string ConfigName,
    string ModelName,
    string Backend,
    int Cycles,
    int RequestsPerCycle,
    IReadOnlyList<int> CycleNumbers,
    int CycleCount) : ExperimentEvent(ElapsedSeconds);
