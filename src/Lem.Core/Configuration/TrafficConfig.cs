namespace Lem.Core.Configuration;

/// <summary>How requests arrive in an open loop: they do not wait for earlier ones to finish.</summary>
/// <param name="TargetQps">Requests per second.</param>
/// <param name="Burstiness">Shape of the gamma law between arrivals; 1 = Poisson, below 1 = burstier.</param>
/// <param name="MaxConcurrency">Most requests in flight; null = no cap. A request that waits keeps its intended time.</param>
public sealed record TrafficConfig(
    bool Enabled = false,
    ArrivalKind Mode = ArrivalKind.Poisson,
    double TargetQps = 1.0,
    double Burstiness = 1.0,
    RampConfig? Ramp = null,
    ArrivalTraceConfig? Trace = null,
    int? Seed = null,
    int? MaxConcurrency = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (TargetQps <= 0)
            yield return new("target_qps", $"must be above 0, but is {TargetQps}");
        if (Burstiness <= 0)
            yield return new("burstiness", $"must be above 0, but is {Burstiness}");
        if (MaxConcurrency < 1)
            yield return new("max_concurrency", $"must be 1 or more, but is {MaxConcurrency}");
        if (Mode is ArrivalKind.Ramp && Ramp is null)
            yield return new("ramp", "is required with mode: ramp ({from_qps, to_qps, duration_sec})");
        if (Mode is ArrivalKind.Trace && Trace is null)
            yield return new("trace", "is required with mode: trace ({path, format})");
        if (Mode is not ArrivalKind.Ramp && Ramp is not null)
            yield return new("ramp", "has an effect with mode: ramp only");
        if (Mode is not ArrivalKind.Trace && Trace is not null)
            yield return new("trace", "has an effect with mode: trace only");
        foreach (var error in Ramp?.Validate().Under("ramp") ?? [])
            yield return error;
        foreach (var error in Trace?.Validate().Under("trace") ?? [])
            yield return error;
    }
}
