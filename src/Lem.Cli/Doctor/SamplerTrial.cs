using Lem.Cli.Metering;
using Lem.Measurement.Energy;

namespace Lem.Cli.Doctor;

/// <summary>How the sampler did on this machine as it is now.</summary>
/// <param name="NvmlReadMedian">Time one read of one GPU takes; null without a GPU.</param>
sealed record SamplerTrial(SamplerOverhead Overhead, TimeSpan? NvmlReadMedian)
{
    /// <summary>Samples what there is for a while, as in an experiment.</summary>
    public static async Task<SamplerTrial> RunAsync(EnergyMeter meter, TimeSpan duration, TimeProvider time)
    {
        SamplerOverhead overhead;
        using (var sampler = SamplerThread.Start(meter.Sample, meter.TickPeriod, time))
        using (new Housekeeping(meter))
        {
            await Task.Delay(duration, time);
            overhead = sampler.Overhead;
        }

        var now = time.GetTimestamp();
        var reads = Enumerable.Range(0, meter.Channels.Count)
            .Where(channel => meter.Channels[channel].Source is "nvml")
            .SelectMany(channel => meter.Trace.Series(channel, meter.Trace.Origin, now).Points)
            .Select(point => 2 * point.HalfWidthSeconds)
            .Order()
            .ToList();
        return new(overhead, reads.Count > 0 ? TimeSpan.FromSeconds(reads[reads.Count / 2]) : null);
    }
}
