namespace Lem.Core.Results.Raw;

/// <summary>Bytes one engine process held; null where it cannot tell.</summary>
public sealed record ProcessMemory(long? PeakBytes, long? ModelBytes, long? KvCacheBytes, long? WorkspaceBytes, string? Reason);
