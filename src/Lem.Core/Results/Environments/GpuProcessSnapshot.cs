namespace Lem.Core.Results.Environments;

/// <summary>A process with a compute context on a GPU.</summary>
/// <param name="MemoryBytes">Device memory it holds; null where the driver does not tell.</param>
/// <param name="Own">It belongs to this experiment.</param>
public sealed record GpuProcessSnapshot(int Pid, long? MemoryBytes = null, bool Own = false);
