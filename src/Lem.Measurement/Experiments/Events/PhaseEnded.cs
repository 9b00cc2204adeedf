namespace Lem.Measurement.Experiments.Events;

/// <summary>A phase is over.</summary>
public sealed record PhaseEnded(double ElapsedSeconds, ExperimentPhase Phase, int Cycle, double DurationSeconds)
    : ExperimentEvent(ElapsedSeconds);
