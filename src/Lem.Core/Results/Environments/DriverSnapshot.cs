namespace Lem.Core.Results.Environments;

/// <summary>Versions of the NVIDIA driver and its libraries.</summary>
/// <param name="Cuda">Newest CUDA version the driver supports.</param>
public sealed record DriverSnapshot(string? Driver = null, string? Nvml = null, string? Cuda = null);
