using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>Energy counters and power of NVIDIA GPUs, one driver call per GPU and tick where the driver allows it.</summary>
sealed class NvmlEnergySource : IEnergySource
{
    readonly NvmlReader _nvml;
    readonly GpuNames _names;
    readonly List<NvmlGpuProbe> _probes = [];
    readonly List<EnergyChannel> _channels = [];
    readonly TimeProvider _time;

    NvmlEnergySource(NvmlReader nvml, TimeProvider time) => (_nvml, _names, _time) = (nvml, new GpuNames(nvml), time);

    public string Name => "nvml";

    public IReadOnlyList<EnergyChannel> Channels => _channels;

    /// <summary>The devices behind the channels, in the same order: for telemetry and throttling.</summary>
    internal IEnumerable<NvmlDevice> Devices => _probes.Select(probe => probe.Device);

    /// <summary>Opens the wanted GPUs; null, with reasons, where none can be measured.</summary>
    /// <param name="cudaGpus">Takes the names of CUDA's devices 0, 1, …, wanted or not.</param>
    public static NvmlEnergySource? Open(
        EnergyOptions options, TimeProvider time, ICollection<UnavailableReason> reasons, ICollection<Finding> findings, List<string>? cudaGpus = null)
    {
        var wanted = GpuSelection.Resolve(options.Gpus, options.CudaVisibleDevices);
        if (NvmlReader.Open(options.NvmlLibrary, out var failure) is not { } nvml)
        {
            reasons.Add(new UnavailableReason(EnergyDomain.Gpu, null, failure!.Code, failure.Message, failure.Hint)); // a failure comes with every null
            return null;
        }

        var source = new NvmlEnergySource(nvml, time);
        cudaGpus?.AddRange(source._names.InCudaOrder(options.CudaVisibleDevices));
        if (wanted is { Count: 0 })
            reasons.Add(new UnavailableReason(EnergyDomain.Gpu, null, "no_gpu_selected", "no GPU takes part in this experiment"));
        else if (nvml.CountFailure is { } refused)
            reasons.Add(new UnavailableReason(EnergyDomain.Gpu, null, refused.Code, refused.Message, refused.Hint));
        else if (nvml.Devices.Count == 0)
            reasons.Add(new UnavailableReason(EnergyDomain.Gpu, null, "no_gpu", "the NVIDIA driver sees no GPU"));
        else
            source.Take(wanted, options, reasons, findings);
        if (source._probes.Count > 0)
            return source;
        source.Dispose();
        return null;
    }

    public void Read(Span<EnergyReading> readings)
    {
        for (var i = 0; i < _probes.Count; i++)
        {
            var before = _time.GetTimestamp();
            var failure = _probes[i].Read(out var joules, out var watts);
            readings[i] = new EnergyReading(before, _time.GetTimestamp(), joules, watts, failure);
        }
    }

    public void Dispose() => _nvml.Dispose();

    void Take(IReadOnlyList<ChosenGpu>? wanted, EnergyOptions options, ICollection<UnavailableReason> reasons, ICollection<Finding> findings)
    {
        if (_names.OrderDoubt(wanted, options.CudaVisibleDevices, options.CudaDeviceOrder) is { } doubt)
            findings.Add(doubt);
        foreach (var gpu in wanted ?? [.. _nvml.Devices.Select(device => device.Uuid ?? $"{device.Index}").Select(name => new ChosenGpu(name, name))])
        {
            var (device, isMig) = gpu.Name is { } name ? _names.Find(name) : (null, false);
            if (device is null)
                reasons.Add(NotFound(gpu));
            else if (device.HandleAnswer is not NvmlReturn.Success || device.Uuid is null)
                reasons.Add(Refused(device, NvmlFailure.Of(device.HandleAnswer is NvmlReturn.Success ? NvmlReturn.Unknown : device.HandleAnswer, $"open GPU {device.Index}")));
            else if (_probes.All(probe => probe.Device != device))
                Add(device, reasons);
            if (device is not null && (isMig || device.MigEnabled is true))
                findings.Add(new Finding(
                    "energy_measurement_warning",
                    FindingSeverity.Warning,
                    $"GPU {device.Index} is cut into MIG devices: its energy is that of all of them together",
                    Hint: "Leave the other MIG devices idle while measuring.",
                    Data: new JsonObject { ["device"] = $"gpu:{device.Uuid}", ["requested"] = gpu.Asked }));
        }
    }

    static UnavailableReason NotFound(ChosenGpu gpu) => new UnavailableReason(
        EnergyDomain.Gpu,
        $"gpu:{gpu.Asked}",
        "gpu_not_found",
        gpu.Name is null ? $"there is no GPU {gpu.Asked} among those that CUDA_VISIBLE_DEVICES leaves" : $"there is no GPU {gpu.Asked} on this machine",
        "lem gpus lists them.");

    void Add(NvmlDevice device, ICollection<UnavailableReason> reasons)
    {
        if (NvmlGpuProbe.Open(device, out var refusal) is not { } probe)
        {
            reasons.Add(Refused(device, NvmlFailure.Of(refusal, $"read power or energy of GPU {device.Index}")));
            return;
        }

        _probes.Add(probe);
        _channels.Add(new EnergyChannel(
            EnergyDomain.Gpu,
            GpuNames.OfMeter(device),
            probe.HasCounter ? EnergyMethod.Counter : EnergyMethod.Integrated,
            probe.Timing.UpdatePeriod,
            probe.Timing.AveragingWindow,
            device.EnforcedPowerLimit ?? device.PowerLimit,
            Name,
            probe.Description));
    }

    static UnavailableReason Refused(NvmlDevice device, NvmlFailure failure) =>
        new(EnergyDomain.Gpu, GpuNames.OfMeter(device), failure.Code, failure.Message, failure.Hint);
}
