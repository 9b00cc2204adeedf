using Lem.Core.Results;

namespace Lem.Measurement.Experiments.Events;

/// <summary>A doubt about the measurement has come up; it also stands in the result.</summary>
public sealed record FindingRaised(double ElapsedSeconds, Finding Finding, int Cycle) : ExperimentEvent(ElapsedSeconds);
