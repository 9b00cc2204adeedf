namespace Lem.Core.Results.Environments;

/// <summary>A MIG device: a part of a GPU. Null = the driver does not tell.</summary>
public sealed record MigDeviceSnapshot(string Uuid, int? GpuSlices = null, int? ComputeSlices = null, int? Multiprocessors = null, long? MemoryMb = null);
