using Lem.Measurement.Experiments.Events;

namespace Lem.Cli.Terminal;

/// <summary>Where an experiment stands, as told by its events so far.</summary>
/// <param name="Phase">The phase it is in, or null between phases.</param>
sealed record ProgressState(
    int Cycles = 1,
    int RequestsPerCycle = 0,
    ExperimentPhase? Phase = null,
    int Cycle = 0,
    double PhaseStart = 0,
    double? PhaseExpected = null,
    double Now = 0,
    int RequestsDone = 0,
    long TotalTokens = 0,
    double? Watts = null,
    bool Estimated = false,
    int CyclesDone = 0)
{
    public double PhaseSeconds => Math.Max(0, Now - PhaseStart);

    public double? TokensPerSecond => Phase == ExperimentPhase.Measure && TotalTokens > 0 && PhaseSeconds > 0 ? TotalTokens / PhaseSeconds : null;

    /// <summary>Time until this phase should end: from its expected length, or from the pace of its requests. Null before there is one.</summary>
    public double? SecondsLeft =>
        PhaseExpected is { } expected ? Math.Max(0, expected - PhaseSeconds)
        : Phase == ExperimentPhase.Measure && RequestsDone > 0 ? PhaseSeconds / RequestsDone * (RequestsPerCycle - RequestsDone)
        : null;

    public ProgressState After(ExperimentEvent e) => e switch
    {
        ExperimentStarted started => this with { Now = e.ElapsedSeconds, Cycles = started.CycleCount, RequestsPerCycle = started.RequestsPerCycle },
        PhaseStarted phase => this with
        {
            Now = e.ElapsedSeconds,
            Phase = phase.Phase,
            Cycle = phase.Cycle,
            PhaseStart = e.ElapsedSeconds,
            PhaseExpected = phase.ExpectedSeconds,
            RequestsDone = 0,
            TotalTokens = 0,
        },
        PhaseEnded => this with { Now = e.ElapsedSeconds, Phase = null },
        RequestFinished request => this with { Now = e.ElapsedSeconds, RequestsDone = request.Done, TotalTokens = request.TotalTokens },
        PowerSampled power => this with { Now = e.ElapsedSeconds, Watts = power.Watts, Estimated = power.Estimated },
        CycleFinished => this with { Now = e.ElapsedSeconds, CyclesDone = CyclesDone + 1 },
        _ => this with { Now = e.ElapsedSeconds },
    };
}
