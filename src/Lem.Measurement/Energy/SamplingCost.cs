using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>What sampling cost within a window: the difference of two looks at the sampler's own account.</summary>
static class SamplingCost
{
    /// <summary>The account now; null where the sampling is not driven by a thread of its own.</summary>
    public static SamplerOverhead? Now(IDisposable sampling) => (sampling as SamplerThread)?.Overhead;

    /// <remarks>Lateness is a distribution since the start of the experiment: percentiles cannot be subtracted.</remarks>
    public static MeasurementOverhead Between(SamplerOverhead? before, SamplerOverhead? after, WindowOutcome outcome, TimeProvider time, long bytes)
    {
        if (before is null || after is null)
            return new(WriterBytes: bytes);
        var cpu = after.CpuTime - before.CpuTime;
        var window = time.GetElapsedTime(outcome.Open, outcome.Close);
        return new(
            cpu?.TotalSeconds,
            window > TimeSpan.Zero ? cpu / window : null,
            after.Ticks - before.Ticks,
            after.Missed - before.Missed,
            after.LatenessP50.TotalMilliseconds,
            after.LatenessP99.TotalMilliseconds,
            after.LatenessMax.TotalMilliseconds,
            WriterBytes: bytes);
    }
}
