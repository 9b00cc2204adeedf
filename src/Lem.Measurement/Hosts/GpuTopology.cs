using Lem.Core.Results.Environments;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Hosts;

/// <summary>Every GPU that the NVIDIA driver knows, with what can be said of it now.</summary>
public static class GpuTopology
{
    /// <summary>The machine's GPUs; empty, with a reason, where there is no driver, or it does not tell.</summary>
    public static IReadOnlyList<GpuSnapshot> Read(string nvmlLibrary, out NvmlFailure? failure)
    {
        using var nvml = NvmlReader.Open(nvmlLibrary, out failure);
        failure ??= nvml?.CountFailure;
        return nvml is null ? [] : Describe(nvml, _ => false);
    }

    internal static IReadOnlyList<GpuSnapshot> Describe(NvmlReader nvml, Func<int, bool> isOwn) =>
        [.. nvml.Devices.Select(gpu => Describe(gpu, isOwn))];

    static GpuSnapshot Describe(NvmlDevice gpu, Func<int, bool> isOwn)
    {
        if (gpu.HandleAnswer is not NvmlReturn.Success)
            return new GpuSnapshot(gpu.Index, null, Reason: NvmlFailure.CodeOf(gpu.HandleAnswer));
        var memory = gpu.Memory;
        return new GpuSnapshot(
            gpu.Index,
            gpu.Uuid,
            gpu.Name,
            gpu.PciBusId,
            gpu.ComputeCapability,
            memory?.TotalBytes,
            memory?.UsedBytes,
            gpu.PowerLimit?.Value,
            gpu.DefaultPowerLimit?.Value,
            gpu.MinPowerLimit?.Value,
            gpu.MaxPowerLimit?.Value,
            gpu.EnforcedPowerLimit?.Value,
            gpu.TemperatureCelsius,
            gpu.SlowdownCelsius,
            gpu.ShutdownCelsius,
            gpu.FanPercent,
            gpu.GraphicsMegahertz,
            gpu.SmMegahertz,
            gpu.MemoryMegahertz,
            gpu.MaxSmMegahertz,
            gpu.MaxMemoryMegahertz,
            gpu.PerformanceState,
            gpu.ClockReasons,
            gpu.PersistenceMode,
            gpu.ComputeMode,
            gpu.EccEnabled,
            gpu.MigEnabled,
            [.. gpu.MigDevices().Select(mig => new MigDeviceSnapshot(mig.Uuid, mig.GpuSlices, mig.ComputeSlices, mig.Multiprocessors, mig.MemoryMebibytes))],
            gpu.PcieGeneration,
            gpu.PcieLanes,
            gpu.Processes()?.Select(process => new GpuProcessSnapshot(process.ProcessId, process.UsedBytes, isOwn(process.ProcessId))).ToList(),
            ApplicationGraphicsClockMhz: gpu.ApplicationGraphicsMegahertz,
            ApplicationMemoryClockMhz: gpu.ApplicationMemoryMegahertz);
    }
}
