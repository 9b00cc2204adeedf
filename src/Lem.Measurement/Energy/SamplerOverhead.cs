namespace Lem.Measurement.Energy;

/// <summary>What sampling cost and how punctual it was: part of the result's <c>overhead</c>.</summary>
/// <param name="Missed">Ticks skipped because the one before ended too late.</param>
/// <param name="LatenessP50">Median of the time from a tick's deadline to its start.</param>
/// <param name="CpuTime">Time on a CPU of the sampler thread, device reads included; null where the system does not tell.</param>
public sealed record SamplerOverhead(
    TimeSpan Period,
    long Ticks,
    long Missed,
    TimeSpan LatenessP50,
    TimeSpan LatenessP99,
    TimeSpan LatenessMax,
    TimeSpan? CpuTime)
{
    /// <summary>CPU time of one tick in the mean; null where unknown.</summary>
    public TimeSpan? CpuPerTick => Ticks > 0 ? CpuTime / Ticks : null;
}
