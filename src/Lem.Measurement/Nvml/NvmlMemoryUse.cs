namespace Lem.Measurement.Nvml;

/// <summary>Device memory in bytes. Used is what processes hold; on old drivers, which do not tell them apart, it includes what is reserved.</summary>
public readonly record struct NvmlMemoryUse(long TotalBytes, long UsedBytes, long? ReservedBytes);
