namespace Lem.Measurement.Nvml;

/// <summary>A part of a GPU with an identity of its own. Its power is known of the whole card only.</summary>
/// <param name="GpuSlices">Of the card's seven or so slices; null where the driver does not tell.</param>
public sealed record NvmlMigDevice(string Uuid, int? GpuSlices, int? ComputeSlices, int? Multiprocessors, long? MemoryMebibytes);
