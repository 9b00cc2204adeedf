namespace Lem.Measurement.Nvml;

/// <summary>A process with a compute context on a GPU; its memory is null where the driver does not tell.</summary>
public sealed record NvmlProcess(int ProcessId, long? UsedBytes);
