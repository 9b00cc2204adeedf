namespace Lem.Core.Results.Raw;

/// <summary>One phase of the experiment.</summary>
/// <param name="Name">environment, idle, load, prepare, context_idle, warmup, measure, settle, finish.</param>
/// <param name="StartS">Seconds since experiment start on the monotonic clock.</param>
public sealed record PhaseRecord(string Name, double StartS, double DurationSec, IReadOnlyList<PhaseEnergy> Energy);
