namespace Lem.Measurement.Energy;

/// <summary>What one GPU was doing at an instant; NaN or −1 would be guesses, so what is unknown is null.</summary>
/// <param name="Stamp">Monotonic stamp of the read.</param>
/// <param name="ReasonBits">Clocks-event reasons (<see cref="Nvml.ThrottleBits"/>).</param>
public readonly record struct GpuSample(
    long Stamp,
    long? MemoryUsedBytes,
    int? TemperatureCelsius,
    int? SmPercent,
    int? MemoryPercent,
    int? SmMegahertz,
    int? MemoryMegahertz,
    int? PerformanceState,
    ulong? ReasonBits);
