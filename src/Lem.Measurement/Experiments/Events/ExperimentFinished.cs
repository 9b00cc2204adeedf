using Lem.Core.Results;

namespace Lem.Measurement.Experiments.Events;

/// <summary>The last event: all windows that could be measured are on disk.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="FailedRequests">Requests that failed, over all cycles.</param>
/// <param name="Failure">What ended it early, with what to do about it.</param>
/// <param name="Findings">All findings of the run, over all cycles.</param>
public sealed record ExperimentFinished(
    double ElapsedSeconds,
    string ExperimentId,
    ExperimentOutcome Outcome,
    int FailedRequests,
    string? Failure,
    string? FailureHint,
    IReadOnlyList<Finding> Findings) : ExperimentEvent(ElapsedSeconds);
