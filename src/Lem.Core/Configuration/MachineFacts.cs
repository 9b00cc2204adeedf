namespace Lem.Core.Configuration;

/// <summary>What the checks may know of the machine; null = not known, and what needs it is not checked.</summary>
/// <param name="ComputeCapability">The lowest among the GPUs used: 8.9 for an L40.</param>
/// <param name="SensorPeriod">Time between two updates of the slowest power sensor.</param>
/// <param name="EstimatedWindow">How long the measured window will take, by an estimate.</param>
public sealed record MachineFacts(
    int? GpuCount = null,
    double? ComputeCapability = null,
    TimeSpan? SensorPeriod = null,
    TimeSpan? EstimatedWindow = null);
