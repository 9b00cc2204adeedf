using Lem.Core.Configuration;
using Lem.Core.Results.Raw;
using Lem.Measurement.Load;
using Lem.Measurement.Load.Arrivals;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Experiments;

/// <summary>What a configuration says of when requests go out that are no static batches.</summary>
static class LoadShapes
{
    /// <param name="requests">How many there are.</param>
    /// <param name="seed">Of the run; a seed of the traffic's own stands above it.</param>
    /// <param name="trace">Whose times the requests follow; null = nobody's.</param>
    public static LoadShape Of(ExperimentConfig config, int requests, ulong seed, RecordedTrace? trace) => config.TrafficSimulation is { Enabled: true } traffic
        ? new TimedArrivals(ArrivalLaw.Draw(traffic, requests, SeedOf(traffic, seed), trace), traffic.MaxConcurrency)
        : new FixedConcurrency(config.Concurrency ?? requests);

    /// <summary>What is kept of it with the facts.</summary>
    public static LoadRecord Record(ExperimentConfig config, LoadShape? shape, ulong seed) => shape switch
    {
        FixedConcurrency closed => new("closed_loop", closed.Users),
        TimedArrivals { OffsetsNs: var offsets } open => new(
            "open_loop",
            Arrivals: config.TrafficSimulation.Mode.ToString().ToLowerInvariant(),
            RequestedRate: offsets is [.., > 0 and var last] ? offsets.Count / (last / 1e9) : null,
            Burstiness: config.TrafficSimulation.Mode is ArrivalKind.Gamma ? config.TrafficSimulation.Burstiness : null,
            MaxConcurrency: open.MaxConcurrency,
            Seed: SeedOf(config.TrafficSimulation, seed)),
        _ => new("static_batches"),
    };

    static ulong SeedOf(TrafficConfig traffic, ulong seed) => traffic.Seed is { } own ? (ulong)own : seed;
}
