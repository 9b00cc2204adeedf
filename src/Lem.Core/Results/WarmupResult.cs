using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>How the warm-up ended: never part of the measured window.</summary>
/// <param name="FinalCv">Coefficient of variation of the last latencies; null below two.</param>
/// <param name="TargetCv">The coefficient of variation it waited for.</param>
/// <param name="MaxPrompts">Cap on the iterations.</param>
/// <param name="LatenciesMs">Latency of each iteration in milliseconds, in order.</param>
/// <param name="StopReason">converged, max_prompts, timeout, cancelled.</param>
public sealed record WarmupResult(
    bool Converged,
    double? FinalCv,
    int IterationsCompleted,
    double TargetCv,
    int MaxPrompts,
    IReadOnlyList<double> LatenciesMs,
    string StopReason,
    double? DurationSec,
    Joules? EnergyJ);
