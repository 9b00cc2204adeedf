using System.Text.Json.Serialization;

namespace Lem.Measurement.Experiments.Events;

/// <summary>
/// Something that happened in an experiment. The terminal, <c>--events jsonl</c> and the tests consume this one stream;
/// nothing is parsed back out of printed lines.
/// </summary>
/// <param name="ElapsedSeconds">Seconds since the experiment began, on the monotonic clock.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExperimentStarted), "experiment_started")]
[JsonDerivedType(typeof(PhaseStarted), "phase_started")]
[JsonDerivedType(typeof(PhaseEnded), "phase_ended")]
[JsonDerivedType(typeof(RequestFinished), "request_finished")]
[JsonDerivedType(typeof(PowerSampled), "power_sampled")]
[JsonDerivedType(typeof(FindingRaised), "finding_raised")]
[JsonDerivedType(typeof(CycleFinished), "cycle_finished")]
[JsonDerivedType(typeof(ExperimentFinished), "experiment_finished")]
public abstract record ExperimentEvent(double ElapsedSeconds);
