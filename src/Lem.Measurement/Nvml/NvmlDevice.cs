using System.Text;
using Lem.Core.Units;

namespace Lem.Measurement.Nvml;

/// <summary>One GPU as NVML tells of it. Null means the driver or the device does not offer the value.</summary>
public sealed class NvmlDevice
{
    const uint GraphicsClock = 0, SmClock = 1, MemoryClock = 2;

    readonly NvmlNative _native;
    readonly nint _handle;

    internal NvmlDevice(NvmlNative native, nint handle, int index, NvmlReturn handleAnswer)
    {
        (_native, _handle, Index, HandleAnswer) = (native, handle, index, handleAnswer);
        Span<byte> text = stackalloc byte[96];
        Uuid = handleAnswer is NvmlReturn.Success ? Text(native.DeviceGetUuid(handle, text), text) : null;
    }

    /// <summary>Position in NVML's order (by PCI bus), from zero.</summary>
    public int Index { get; }

    /// <summary>What NVML said when asked for the device: other than success, nothing else is known of it.</summary>
    public NvmlReturn HandleAnswer { get; }

    /// <summary><c>GPU-…</c>: the same over reboots and orders.</summary>
    public string? Uuid { get; }

    public string? Name
    {
        get
        {
            Span<byte> text = stackalloc byte[96];
            return Text(_native.DeviceGetName(_handle, text), text);
        }
    }

    public string? PciBusId => _native.DeviceGetPciInfo(_handle, out var pci) is NvmlReturn.Success ? Text(NvmlReturn.Success, pci.BusId) : null;

    /// <summary>CUDA compute capability: 8.0 for an A100.</summary>
    public string? ComputeCapability =>
        _native.DeviceGetCudaComputeCapability(_handle, out var major, out var minor) is NvmlReturn.Success ? $"{major}.{minor}" : null;

    /// <summary>Memory with what the driver reserves told apart, where the driver is new enough; else as one sum.</summary>
    public NvmlMemoryUse? Memory
    {
        get
        {
            var memory = new NvmlMemoryV2 { Version = NvmlMemoryV2.VersionWord };
            if (_native.DeviceGetMemoryInfoV2(_handle, ref memory) is NvmlReturn.Success)
                return new NvmlMemoryUse((long)memory.Total, (long)memory.Used, (long)memory.Reserved);
            return _native.DeviceGetMemoryInfo(_handle, out var old) is NvmlReturn.Success ? new NvmlMemoryUse((long)old.Total, (long)old.Used, null) : null;
        }
    }

    public Watts? PowerLimit => FromMilliwatts(_native.DeviceGetPowerManagementLimit(_handle, out var limit), limit);

    public Watts? DefaultPowerLimit => FromMilliwatts(_native.DeviceGetPowerManagementDefaultLimit(_handle, out var limit), limit);

    public Watts? MinPowerLimit => FromMilliwatts(_native.DeviceGetPowerManagementLimitConstraints(_handle, out var min, out _), min);

    public Watts? MaxPowerLimit => FromMilliwatts(_native.DeviceGetPowerManagementLimitConstraints(_handle, out _, out var max), max);

    /// <summary>The limit in force: the least of those set by user, platform and driver.</summary>
    public Watts? EnforcedPowerLimit => FromMilliwatts(_native.DeviceGetEnforcedPowerLimit(_handle, out var limit), limit);

    public int? TemperatureCelsius => Number(_native.DeviceGetTemperature(_handle, 0, out var celsius), celsius);

    public int? ShutdownCelsius => Number(_native.DeviceGetTemperatureThreshold(_handle, 0, out var celsius), celsius);

    public int? SlowdownCelsius => Number(_native.DeviceGetTemperatureThreshold(_handle, 1, out var celsius), celsius);

    public int? MaxOperatingCelsius => Number(_native.DeviceGetTemperatureThreshold(_handle, 3, out var celsius), celsius);

    public int? FanPercent => Number(_native.DeviceGetFanSpeed(_handle, out var percent), percent);

    public int? GraphicsMegahertz => Number(_native.DeviceGetClockInfo(_handle, GraphicsClock, out var clock), clock);

    public int? SmMegahertz => Number(_native.DeviceGetClockInfo(_handle, SmClock, out var clock), clock);

    public int? MemoryMegahertz => Number(_native.DeviceGetClockInfo(_handle, MemoryClock, out var clock), clock);

    public int? MaxSmMegahertz => Number(_native.DeviceGetMaxClockInfo(_handle, SmClock, out var clock), clock);

    /// <summary>The clock that programs are given (<c>nvidia-smi -ac</c>); desktop cards have none.</summary>
    public int? ApplicationGraphicsMegahertz => Number(_native.DeviceGetApplicationsClock(_handle, GraphicsClock, out var clock), clock);

    public int? ApplicationMemoryMegahertz => Number(_native.DeviceGetApplicationsClock(_handle, MemoryClock, out var clock), clock);

    public int? MaxMemoryMegahertz => Number(_native.DeviceGetMaxClockInfo(_handle, MemoryClock, out var clock), clock);

    /// <summary>Percent of the last sample period in which any kernel ran, and in which device memory was read or written: one call for both.</summary>
    public (int SmPercent, int MemoryPercent)? Utilisation =>
        _native.DeviceGetUtilizationRates(_handle, out var use) is NvmlReturn.Success ? ((int)use.Gpu, (int)use.Memory) : null;

    /// <summary>0 (fastest) to 15; 32 is NVML's "unknown" and becomes null.</summary>
    public int? PerformanceState => Number(_native.DeviceGetPerformanceState(_handle, out var state), state) is { } known and < 32 ? known : null;

    /// <summary>Why the clocks are what they are: bits of <see cref="ThrottleBits"/> and others.</summary>
    public ulong? ClockReasons => _native.DeviceGetCurrentClocksEventReasons(_handle, out var bits) is NvmlReturn.Success ? bits : null;

    public ulong? SupportedClockReasons => _native.DeviceGetSupportedClocksEventReasons(_handle, out var bits) is NvmlReturn.Success ? bits : null;

    public bool? PersistenceMode => Flag(_native.DeviceGetPersistenceMode(_handle, out var on), on);

    public bool? EccEnabled => Flag(_native.DeviceGetEccMode(_handle, out var on, out _), on);

    public bool? MigEnabled => Flag(_native.DeviceGetMigMode(_handle, out var on, out _), on);

    /// <summary>default, prohibited or exclusive_process.</summary>
    public string? ComputeMode => Number(_native.DeviceGetComputeMode(_handle, out var mode), mode) switch
    {
        0 => "default",
        1 => "exclusive_thread",
        2 => "prohibited",
        3 => "exclusive_process",
        _ => null,
    };

    public int? PcieGeneration => Number(_native.DeviceGetCurrPcieLinkGeneration(_handle, out var generation), generation);

    public int? PcieLanes => Number(_native.DeviceGetCurrPcieLinkWidth(_handle, out var lanes), lanes);

    /// <summary>Power now (on Ampere without GA100 and newer: the mean of a second).</summary>
    internal NvmlReturn ReadPower(out uint milliwatts) => _native.DeviceGetPowerUsage(_handle, out milliwatts);

    internal NvmlReturn ReadEnergy(out ulong millijoules) => _native.DeviceGetTotalEnergyConsumption(_handle, out millijoules);

    /// <summary>Fills the values whose <see cref="NvmlFieldValue.Field"/> is set; each has its own answer. Allocates nothing.</summary>
    internal NvmlReturn ReadFields(Span<NvmlFieldValue> values) => _native.DeviceGetFieldValues(_handle, values);

    /// <summary>Time below application clocks for power (policy 0) or heat (1), ns. Deprecated by CUDA 13; for drivers without the fields.</summary>
    internal long? ViolationNanoseconds(uint policy) =>
        _native.DeviceGetViolationStatus(_handle, policy, out var time) is NvmlReturn.Success ? (long)time.ViolationNanoseconds : null;

    /// <summary>Processes with a compute context. Costs milliseconds and the driver's lock: never inside a window.</summary>
    public IReadOnlyList<NvmlProcess>? Processes()
    {
        var room = new NvmlProcessInfo[64];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var count = (uint)room.Length;
            var answer = _native.DeviceGetComputeRunningProcesses(_handle, ref count, room);
            if (answer is NvmlReturn.InsufficientSize)
                room = new NvmlProcessInfo[count + 16];
            else if (answer is not NvmlReturn.Success)
                return null;
            else
                return [.. room.Take((int)count).Select(p => new NvmlProcess((int)p.Pid, p.UsedGpuMemory == ulong.MaxValue ? null : (long)p.UsedGpuMemory))];
        }

        return null;
    }

    /// <summary>The MIG devices cut from this one, with their shares where the driver tells.</summary>
    public IReadOnlyList<NvmlMigDevice> MigDevices()
    {
        var found = new List<NvmlMigDevice>();
        if (MigEnabled is not true || _native.DeviceGetMaxMigDeviceCount(_handle, out var max) is not NvmlReturn.Success)
            return found;
        Span<byte> text = stackalloc byte[96];
        for (uint i = 0; i < max; i++)
            if (_native.DeviceGetMigDeviceHandleByIndex(_handle, i, out var mig) is NvmlReturn.Success
                && Text(_native.DeviceGetUuid(mig, text), text) is { } uuid)
                found.Add(_native.DeviceGetAttributes(mig, out var share) is NvmlReturn.Success
                    ? new NvmlMigDevice(uuid, (int)share.GpuInstanceSlices, (int)share.ComputeInstanceSlices, (int)share.Multiprocessors, (long)share.MemoryMebibytes)
                    : new NvmlMigDevice(uuid, null, null, null, null));
        return found;
    }

    internal bool IsHandle(nint handle) => HandleAnswer is NvmlReturn.Success && _handle == handle;

    internal static string? Text(NvmlReturn answer, ReadOnlySpan<byte> text)
    {
        if (answer is not NvmlReturn.Success)
            return null;
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    static Watts? FromMilliwatts(NvmlReturn answer, uint milliwatts) => answer is NvmlReturn.Success ? Watts.FromMilliwatts(milliwatts) : null;

    static int? Number(NvmlReturn answer, uint value) => answer is NvmlReturn.Success ? (int)value : null;

    static bool? Flag(NvmlReturn answer, uint value) => answer is NvmlReturn.Success ? value != 0 : null;
}
