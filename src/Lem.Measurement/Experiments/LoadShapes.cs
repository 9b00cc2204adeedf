using Lem.Core.Configuration;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>What a configuration says of when requests go out that are no static batches.</summary>
static class LoadShapes
{
    /// <param name="requests">How many there are.</param>
    /// <param name="seed">Of the run; a seed of the traffic's own stands above it.</param>
    public static LoadShape Of(ExperimentConfig config, int requests, ulong seed) => config.TrafficSimulation is { Enabled: true } traffic
        ? new TimedArrivals(Offsets(traffic, requests, traffic.Seed is { } own ? (ulong)own : seed), traffic.MaxConcurrency)
        : new FixedConcurrency(config.Concurrency ?? 1);

    static long[] Offsets(TrafficConfig traffic, int requests, ulong seed)
    {
        var random = new SplitMix64(seed);
        var offsets = new long[requests];
        double at = 0;
        for (var i = 0; i < requests; i++)
            offsets[i] = (long)((at += (traffic.Mode == ArrivalKind.Constant ? 1 : -Math.Log(1 - random.NextDouble())) / traffic.TargetQps) * 1e9);
        return offsets;
    }
}
