using Lem.Core.Units;
using Lem.Measurement.Energy;

namespace Lem.Cli.Metering;

/// <summary>One GPU over the last interval of a watch. Null = the driver does not tell.</summary>
/// <param name="Power">Mean over the interval.</param>
/// <param name="Energy">Since the watch began; null with <paramref name="Reason"/> from the first interval on that could not be measured.</param>
/// <param name="Sample">The newest slow values, or null.</param>
sealed record GpuReading(int? Index, string Device, string? Name, long? MemoryTotalBytes, Watts? Power, Joules? Energy, GpuSample? Sample, string? Reason);
