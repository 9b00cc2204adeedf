using Lem.Core.Units;

namespace Lem.Core.Results.Raw;

/// <summary>host.json: what one machine's meter measured over the window, each physical device once.</summary>
/// <param name="Domains">Every device that was looked for, also those that could not be measured.</param>
/// <param name="LoadJ">Energy of loading the model, all measured devices.</param>
/// <param name="WarmupJ">Energy of the warm-up, all measured devices.</param>
/// <param name="SteadyState">Null where nobody looked for it.</param>
public sealed record RawHost(
    string SchemaVersion,
    string ExperimentId,
    string Host,
    IReadOnlyList<DomainEnergyRecord> Domains,
    IReadOnlyList<SamplerQuality> Sampling,
    IReadOnlyList<GpuTelemetry> Gpus,
    ThermalThrottleInfo ThermalThrottle,
    MeasurementOverhead Overhead,
    Joules? LoadJ,
    Joules? WarmupJ,
    string? PhaseEnergyMethod,
    RawSteadyState? SteadyState = null);
