using Lem.Core.Results.Environments;
using Lem.Reporting;

namespace Lem.Cli.Machine;

/// <summary>GPUs for people: what each is, how it stands, and how it is cut into MIG devices.</summary>
static class GpuLines
{
    public static IEnumerable<string> Render(DriverSnapshot driver, IReadOnlyList<GpuSnapshot> gpus) =>
    [
        $"driver {driver.Driver ?? "–"}, NVML {driver.Nvml ?? "–"}, CUDA up to {driver.Cuda ?? "–"}",
        .. gpus.SelectMany(gpu => Gpu(gpu).Prepend("")),
    ];

    static IEnumerable<string> Gpu(GpuSnapshot gpu)
    {
        if (gpu.Uuid is null)
        {
            yield return $"GPU {gpu.Index}  cannot be reached ({gpu.Reason ?? "the driver does not say why"})";
            yield break;
        }

        yield return $"GPU {gpu.Index}  {gpu.Name ?? "unknown model"}";
        yield return $"  uuid      {gpu.Uuid}";
        yield return $"  bus       {gpu.PciBusId ?? "–"}, PCIe generation {Text(gpu.PcieGeneration)} × {Text(gpu.PcieLanes)} lanes, compute capability {gpu.ComputeCapability ?? "–"}";
        yield return $"  memory    {Figures.Si(gpu.MemoryUsedBytes, "B")} of {Figures.Si(gpu.MemoryTotalBytes, "B")} in use";
        yield return $"  power     limit {Figures.Si(gpu.EnforcedPowerLimitW ?? gpu.PowerLimitW, "W")}, default {Figures.Si(gpu.DefaultPowerLimitW, "W")}, from {Figures.Si(gpu.MinPowerLimitW, "W")} to {Figures.Si(gpu.MaxPowerLimitW, "W")}";
        yield return $"  clocks    SM {Text(gpu.SmClockMhz)} of {Text(gpu.MaxSmClockMhz)} MHz, memory {Text(gpu.MemoryClockMhz)} of {Text(gpu.MaxMemoryClockMhz)} MHz";
        yield return $"  state     {Text(gpu.TemperatureC)} °C, persistence mode {OnOff(gpu.PersistenceMode)}, ECC {OnOff(gpu.EccEnabled)}, compute mode {gpu.ComputeMode ?? "–"}";
        yield return $"  in use    {(gpu.Processes is { } processes ? processes.Count == 0 ? "by no process" : "by pid " + string.Join(", ", processes.Select(p => p.Pid)) : "–")}";
        yield return $"  MIG       {OnOff(gpu.MigEnabled)}";
        foreach (var device in gpu.MigDevices ?? [])
            yield return $"    {device.Uuid}{Share(device)}";
    }

    static string Share(MigDeviceSnapshot device) => device is { GpuSlices: { } slices, MemoryMb: { } megabytes }
        ? $": {slices} of the GPU's slices, {Figures.Count(megabytes)} MiB"
        : "";

    static string Text(int? value) => value is { } number ? Figures.Count(number) : "–";

    static string OnOff(bool? value) => value switch
    {
        true => "on",
        false => "off",
        null => "–",
    };
}
