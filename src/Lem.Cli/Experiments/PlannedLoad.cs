using System.Globalization;
using Lem.Core.Configuration;
using Lem.Reporting;

namespace Lem.Cli.Experiments;

/// <summary>What a configuration says of when requests go out, in words.</summary>
static class PlannedLoad
{
    public static string Of(ExperimentConfig config) => config switch
    {
        { TrafficSimulation: { Enabled: true } traffic } => Arrivals(traffic) + (traffic.MaxConcurrency is { } most ? $", at most {Figures.Count(most)} in flight" : ""),
        { Concurrency: { } users } => $"closed loop of {Figures.Count(users)} {(users == 1 ? "user" : "users")}",
        _ when BackendRule.IsServer(config.ResolvedBackend) => "all at once",
        { Batching.Strategy: BatchingStrategy.Dynamic or BatchingStrategy.SortedDynamic } => "batches up to a number of tokens",
        _ => $"batches of {Figures.Count(config.Batching.BatchSize)}",
    };

    static string Arrivals(TrafficConfig traffic) => traffic switch
    {
        { Mode: ArrivalKind.Trace, Trace: { } trace } => $"arrivals of {trace.Path}{(trace.Speedup == 1 ? "" : $", {Number(trace.Speedup)} times as fast")}",
        { Mode: ArrivalKind.Ramp, Ramp: { } ramp } => $"arrivals from {Number(ramp.FromQps)}/s to {Number(ramp.ToQps)}/s in {Number(ramp.DurationSec)} s",
        _ => $"{traffic.Mode.ToString().ToLowerInvariant()} arrivals, {Number(traffic.TargetQps)}/s",
    };

    // As it was asked for, not rounded like a measurement.
    static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
