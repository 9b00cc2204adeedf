namespace Lem.Measurement.Experiments.Events;

/// <summary>Mean power over the last second or so, summed over the measured devices.</summary>
/// <param name="Watts">Null while nothing has been read.</param>
/// <param name="Estimated">True when any of it is an estimate.</param>
public sealed record PowerSampled(double ElapsedSeconds, double? Watts, bool Estimated) : ExperimentEvent(ElapsedSeconds);
