using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>What sampling cost within a window: the difference of two looks at the sampler's own account.</summary>
static class SamplingCost
{
    /// <summary>The account now; null where the sampling is not driven by a thread of its own.</summary>
    public static SamplerOverhead? Now(IDisposable sampling) => (sampling as SamplerThread)?.Overhead;

    /// <summary>The sampler's cost and punctuality; the rest of the overhead is others' to say.</summary>
    /// <remarks>Lateness is a distribution since the sampler began: percentiles cannot be subtracted.</remarks>
    public static MeasurementOverhead Between(SamplerOverhead? before, SamplerOverhead? after, TimeSpan window)
    {
        if (before is null || after is null)
            return new();
        var cpu = after.CpuTime - before.CpuTime;
        return new(
            cpu?.TotalSeconds,
            window > TimeSpan.Zero ? cpu / window : null,
            after.Ticks - before.Ticks,
            after.Missed - before.Missed,
            after.LatenessP50.TotalMilliseconds,
            after.LatenessP99.TotalMilliseconds,
            after.LatenessMax.TotalMilliseconds);
    }
}
