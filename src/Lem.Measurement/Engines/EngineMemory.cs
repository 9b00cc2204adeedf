namespace Lem.Measurement.Engines;

/// <summary>Bytes the engine holds; null where it cannot tell.</summary>
/// <param name="ModelBytes">Weights.</param>
/// <param name="CacheBytes">KV cache as allocated.</param>
/// <param name="PeakBytes">Highest total since the model was loaded.</param>
/// <param name="WorkspaceBytes">Compute buffers beside weights and cache.</param>
public sealed record EngineMemory(long? ModelBytes, long? CacheBytes, long? PeakBytes, long? WorkspaceBytes);
