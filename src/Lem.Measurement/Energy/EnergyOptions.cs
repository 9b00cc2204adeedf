using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>Which energies are wanted, and where their sources are found.</summary>
/// <param name="Gpus">Indices, <c>GPU-…</c> or <c>MIG-…</c> UUIDs; null = all visible; empty = none.</param>
/// <param name="CudaVisibleDevices">The environment's value, which restricts and renumbers the GPUs; null = not set.</param>
/// <param name="Sources">auto (best per domain), or a comma-separated choice of nvml, rapl, estimate.</param>
/// <param name="Cpu">Whether the processors' energy is wanted.</param>
/// <param name="Dram">Whether the main memory's energy is wanted.</param>
/// <param name="NvmlLibrary">Path or name of the NVIDIA management library.</param>
/// <param name="CudaDeviceOrder">The environment's CUDA_DEVICE_ORDER; CUDA counts the fastest GPU first unless it is PCI_BUS_ID.</param>
public sealed record EnergyOptions(
    IReadOnlyList<string>? Gpus = null,
    string? CudaVisibleDevices = null,
    string Sources = "auto",
    bool Cpu = true,
    bool Dram = true,
    string NvmlLibrary = NvmlReader.DefaultLibrary,
    string? CudaDeviceOrder = null)
{
    internal bool Wants(string source) =>
        Sources is "auto" || Sources.Split(',', StringSplitOptions.TrimEntries).Contains(source, StringComparer.Ordinal);
}
