namespace Lem.Core.Results.Environments;

/// <summary>Main memory at one instant, bytes.</summary>
/// <param name="NumaNodes">Nodes that are online.</param>
public sealed record MemorySnapshot(long? TotalBytes = null, long? AvailableBytes = null, long? SwapTotalBytes = null, long? SwapFreeBytes = null, int? NumaNodes = null);
