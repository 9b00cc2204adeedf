namespace Lem.Measurement.Experiments.Events;

/// <summary>A phase has begun.</summary>
/// <param name="Cycle">Cycle it belongs to, from 1; 0 for phases of the whole experiment.</param>
/// <param name="ExpectedSeconds">How long it should take, where that is known beforehand.</param>
public sealed record PhaseStarted(double ElapsedSeconds, ExperimentPhase Phase, int Cycle, double? ExpectedSeconds = null)
    : ExperimentEvent(ElapsedSeconds);
