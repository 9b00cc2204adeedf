namespace Lem.Measurement.Experiments.Events;

/// <summary>One measured window is on disk.</summary>
/// <param name="RawId">Folder name under <c>raw/</c>.</param>
/// <param name="Partial">The window was cut short: it is kept, but measured anew on resume.</param>
public sealed record CycleFinished(double ElapsedSeconds, int Cycle, string RawId, bool Partial) : ExperimentEvent(ElapsedSeconds);
