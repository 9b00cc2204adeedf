using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>The machine's GPUs by the names that people, CUDA and the meter have for them.</summary>
sealed class GpuNames(NvmlReader nvml)
{
    const string PciOrder = "PCI_BUS_ID";

    /// <summary>The meter's name of a device: its UUID, or its index where it does not tell one.</summary>
    public static string OfMeter(NvmlDevice device) => $"gpu:{device.Uuid ?? $"{device.Index}"}";

    /// <summary>The device of an index in NVML's order or a UUID; like CUDA, it knows a GPU by the beginning of its UUID where no other begins so.</summary>
    public (NvmlDevice? Device, bool IsMig) Find(string name)
    {
        if (GpuSelection.IndexOf(name) is { } index)
            return (nvml.Devices.ElementAtOrDefault(index), false);
        if (nvml.FindByUuid(name, out var isMig) is { } device)
            return (device, isMig);
        const string Gpu = "GPU-";
        var begun = name.Length > Gpu.Length && name.StartsWith(Gpu, StringComparison.Ordinal)
            ? nvml.Devices.Where(known => known.Uuid?.StartsWith(name, StringComparison.OrdinalIgnoreCase) ?? false).ToList()
            : [];
        return (begun is [var only] ? only : null, false);
    }

    /// <summary>
    /// A device as an engine is told of it, where CUDA counts by the place on the bus, as NVML does; null where there is no such device. By index where that is certain: vLLM
    /// (0.9 to 0.23 at least) does not start with a UUID in CUDA_VISIBLE_DEVICES.
    /// </summary>
    public string? ForCuda(string name)
    {
        var (device, isMig) = Find(name);
        if (device is null || isMig)
            return device is null ? null : name;
        // CUDA does not count what it cannot open: behind such a device only the UUID is certain.
        var isCertain = nvml.Devices.Take(device.Index).All(other => other.HandleAnswer is NvmlReturn.Success);
        return isCertain ? device.Index.ToString(CultureInfo.InvariantCulture) : device.Uuid ?? name;
    }

    /// <summary>
    /// The meter's names of CUDA's devices 0, 1, …, whether they can be measured or not, up to the first of which it is not certain which one it is: CUDA does not
    /// count a device that it cannot open, and what cannot be opened here may be missing there.
    /// </summary>
    public IReadOnlyList<string> InCudaOrder(string? cudaVisibleDevices)
    {
        var names = new List<string>();
        foreach (var name in GpuSelection.Visible(cudaVisibleDevices) ?? [.. nvml.Devices.Select(device => $"{device.Index}")])
        {
            var before = GpuSelection.IndexOf(name) ?? 0;
            if (Find(name).Device is not { HandleAnswer: NvmlReturn.Success } device || nvml.Devices.Take(before).Any(other => other.HandleAnswer is not NvmlReturn.Success))
                break;
            names.Add(OfMeter(device));
        }

        return names;
    }

    /// <summary>Indices were used on a machine whose GPUs differ, and CUDA may count them from the fastest, NVML by their place on the bus; else null.</summary>
    public Finding? OrderDoubt(IReadOnlyList<ChosenGpu>? chosen, string? cudaVisibleDevices, string? cudaDeviceOrder)
    {
        var byIndex = (chosen ?? []).Select(gpu => gpu.Name).Concat(GpuSelection.Visible(cudaVisibleDevices) ?? []).Any(name => name is not null && GpuSelection.IndexOf(name) is not null);
        if (!byIndex || cudaDeviceOrder == PciOrder)
            return null;
        List<string> kinds = [.. nvml.Devices.Select(device => device.Name).OfType<string>().Distinct()];
        return kinds.Count < 2 ? null : new Finding(
            "gpu_order_unsure",
            FindingSeverity.Warning,
            $"GPUs are chosen by index, but this machine's differ ({string.Join(", ", kinds)}) and CUDA counts the fastest first: what is measured may be another GPU than the one that works",
            Hint: $"Set CUDA_DEVICE_ORDER={PciOrder}, or name the GPUs by UUID (lem gpus).",
            Data: new JsonObject { ["cuda_device_order"] = cudaDeviceOrder, ["cuda_visible_devices"] = cudaVisibleDevices });
    }
}
