namespace Lem.Measurement.Experiments.Events;

/// <summary>A measured request is complete or has failed. Told as it happens; under overload of the reader some of these are left out, the files never lack one.</summary>
/// <param name="Done">Requests of this cycle that are done, this one included.</param>
/// <param name="OutputTokens">Output tokens of this cycle so far.</param>
/// <param name="TotalTokens">Input and output tokens of this cycle so far.</param>
public sealed record RequestFinished(
    double ElapsedSeconds,
    int Cycle,
    int Request,
    bool Ok,
    int Done,
    long OutputTokens,
    long TotalTokens) : ExperimentEvent(ElapsedSeconds);
