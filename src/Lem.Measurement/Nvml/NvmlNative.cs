using System.Runtime.InteropServices;

namespace Lem.Measurement.Nvml;

/// <summary>
/// The functions of libnvidia-ml, one to one. Entry points are looked up by name when the library is loaded; a function the
/// driver does not have answers <see cref="NvmlReturn.FunctionNotFound"/>, as NVML itself would.
/// </summary>
sealed unsafe class NvmlNative(nint library) : IDisposable
{
    readonly nint _init = Entry(library, "nvmlInit_v2", "nvmlInit");
    readonly nint _shutdown = Entry(library, "nvmlShutdown");
    readonly nint _driverVersion = Entry(library, "nvmlSystemGetDriverVersion");
    readonly nint _nvmlVersion = Entry(library, "nvmlSystemGetNVMLVersion");
    readonly nint _cudaDriverVersion = Entry(library, "nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion");
    readonly nint _count = Entry(library, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
    readonly nint _byIndex = Entry(library, "nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex");
    readonly nint _byUuid = Entry(library, "nvmlDeviceGetHandleByUUID");
    readonly nint _parentOfMig = Entry(library, "nvmlDeviceGetDeviceHandleFromMigDeviceHandle");
    readonly nint _migByIndex = Entry(library, "nvmlDeviceGetMigDeviceHandleByIndex");
    readonly nint _isMig = Entry(library, "nvmlDeviceIsMigDeviceHandle");
    readonly nint _attributes = Entry(library, "nvmlDeviceGetAttributes_v2");
    readonly nint _maxMig = Entry(library, "nvmlDeviceGetMaxMigDeviceCount");
    readonly nint _name = Entry(library, "nvmlDeviceGetName");
    readonly nint _uuid = Entry(library, "nvmlDeviceGetUUID");
    readonly nint _pci = Entry(library, "nvmlDeviceGetPciInfo_v3", "nvmlDeviceGetPciInfo_v2");
    readonly nint _capability = Entry(library, "nvmlDeviceGetCudaComputeCapability");
    readonly nint _memoryV2 = Entry(library, "nvmlDeviceGetMemoryInfo_v2");
    readonly nint _memory = Entry(library, "nvmlDeviceGetMemoryInfo");
    readonly nint _power = Entry(library, "nvmlDeviceGetPowerUsage");
    readonly nint _powerLimit = Entry(library, "nvmlDeviceGetPowerManagementLimit");
    readonly nint _powerDefault = Entry(library, "nvmlDeviceGetPowerManagementDefaultLimit");
    readonly nint _powerRange = Entry(library, "nvmlDeviceGetPowerManagementLimitConstraints");
    readonly nint _powerEnforced = Entry(library, "nvmlDeviceGetEnforcedPowerLimit");
    readonly nint _energy = Entry(library, "nvmlDeviceGetTotalEnergyConsumption");
    readonly nint _fields = Entry(library, "nvmlDeviceGetFieldValues");
    readonly nint _temperature = Entry(library, "nvmlDeviceGetTemperature");
    readonly nint _threshold = Entry(library, "nvmlDeviceGetTemperatureThreshold");
    readonly nint _fan = Entry(library, "nvmlDeviceGetFanSpeed");
    readonly nint _clock = Entry(library, "nvmlDeviceGetClockInfo");
    readonly nint _maxClock = Entry(library, "nvmlDeviceGetMaxClockInfo");
    readonly nint _applicationsClock = Entry(library, "nvmlDeviceGetApplicationsClock");
    readonly nint _utilization = Entry(library, "nvmlDeviceGetUtilizationRates");
    readonly nint _performanceState = Entry(library, "nvmlDeviceGetPerformanceState");

    // Renamed in driver 535; the old name stays in older and, for a while, in newer drivers.
    readonly nint _reasons = Entry(library, "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons");
    readonly nint _supportedReasons = Entry(library, "nvmlDeviceGetSupportedClocksEventReasons", "nvmlDeviceGetSupportedClocksThrottleReasons");
    readonly nint _violation = Entry(library, "nvmlDeviceGetViolationStatus");
    readonly nint _migMode = Entry(library, "nvmlDeviceGetMigMode");
    readonly nint _persistence = Entry(library, "nvmlDeviceGetPersistenceMode");
    readonly nint _computeMode = Entry(library, "nvmlDeviceGetComputeMode");
    readonly nint _ecc = Entry(library, "nvmlDeviceGetEccMode");
    readonly nint _pcieGeneration = Entry(library, "nvmlDeviceGetCurrPcieLinkGeneration");
    readonly nint _pcieWidth = Entry(library, "nvmlDeviceGetCurrPcieLinkWidth");

    // v2 and, since NVML 11.6, v3 fill the same structure of four fields (nvml.h of 11.1 to 13.3); that of the unversioned entry has two.
    readonly nint _processes = Entry(library, "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2");

    internal static NvmlNative? TryLoad(string path) => NativeLibrary.TryLoad(path, out var library) ? new(library) : null;

    internal NvmlReturn Init() => _init == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<NvmlReturn>)_init)();

    internal NvmlReturn Shutdown() => _shutdown == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<NvmlReturn>)_shutdown)();

    internal NvmlReturn SystemGetDriverVersion(Span<byte> text) => Text(_driverVersion, text);

    internal NvmlReturn SystemGetNvmlVersion(Span<byte> text) => Text(_nvmlVersion, text);

    internal NvmlReturn SystemGetCudaDriverVersion(out int version)
    {
        int got = 0;
        var answer = _cudaDriverVersion == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<int*, NvmlReturn>)_cudaDriverVersion)(&got);
        version = got;
        return answer;
    }

    internal NvmlReturn DeviceGetCount(out uint count)
    {
        uint got = 0;
        var answer = _count == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<uint*, NvmlReturn>)_count)(&got);
        count = got;
        return answer;
    }

    internal NvmlReturn DeviceGetHandleByIndex(uint index, out nint device)
    {
        nint got = 0;
        var answer = _byIndex == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<uint, nint*, NvmlReturn>)_byIndex)(index, &got);
        device = got;
        return answer;
    }

    internal NvmlReturn DeviceGetHandleByUuid(ReadOnlySpan<byte> zeroTerminated, out nint device)
    {
        nint got = 0;
        fixed (byte* uuid = zeroTerminated)
        {
            var answer = _byUuid == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<byte*, nint*, NvmlReturn>)_byUuid)(uuid, &got);
            device = got;
            return answer;
        }
    }

    internal NvmlReturn DeviceGetDeviceHandleFromMigDeviceHandle(nint mig, out nint device) => Get(_parentOfMig, mig, out device);

    internal NvmlReturn DeviceGetMigDeviceHandleByIndex(nint device, uint index, out nint mig)
    {
        nint got = 0;
        var answer = _migByIndex == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, uint, nint*, NvmlReturn>)_migByIndex)(device, index, &got);
        mig = got;
        return answer;
    }

    internal NvmlReturn DeviceIsMigDeviceHandle(nint device, out uint isMig) => Get(_isMig, device, out isMig);

    internal NvmlReturn DeviceGetAttributes(nint device, out NvmlDeviceAttributes attributes) => Get(_attributes, device, out attributes);

    internal NvmlReturn DeviceGetMaxMigDeviceCount(nint device, out uint count) => Get(_maxMig, device, out count);

    internal NvmlReturn DeviceGetName(nint device, Span<byte> text) => Text(_name, device, text);

    internal NvmlReturn DeviceGetUuid(nint device, Span<byte> text) => Text(_uuid, device, text);

    internal NvmlReturn DeviceGetPciInfo(nint device, out NvmlPciInfo pci) => Get(_pci, device, out pci);

    internal NvmlReturn DeviceGetCudaComputeCapability(nint device, out int major, out int minor) => Get(_capability, device, out major, out minor);

    internal NvmlReturn DeviceGetMemoryInfoV2(nint device, ref NvmlMemoryV2 memory)
    {
        fixed (NvmlMemoryV2* into = &memory)
            return _memoryV2 == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, NvmlMemoryV2*, NvmlReturn>)_memoryV2)(device, into);
    }

    internal NvmlReturn DeviceGetMemoryInfo(nint device, out NvmlMemoryV1 memory) => Get(_memory, device, out memory);

    internal NvmlReturn DeviceGetPowerUsage(nint device, out uint milliwatts) => Get(_power, device, out milliwatts);

    internal NvmlReturn DeviceGetPowerManagementLimit(nint device, out uint milliwatts) => Get(_powerLimit, device, out milliwatts);

    internal NvmlReturn DeviceGetPowerManagementDefaultLimit(nint device, out uint milliwatts) => Get(_powerDefault, device, out milliwatts);

    internal NvmlReturn DeviceGetPowerManagementLimitConstraints(nint device, out uint minMilliwatts, out uint maxMilliwatts) =>
        Get(_powerRange, device, out minMilliwatts, out maxMilliwatts);

    internal NvmlReturn DeviceGetEnforcedPowerLimit(nint device, out uint milliwatts) => Get(_powerEnforced, device, out milliwatts);

    internal NvmlReturn DeviceGetTotalEnergyConsumption(nint device, out ulong millijoules) => Get(_energy, device, out millijoules);

    internal NvmlReturn DeviceGetFieldValues(nint device, Span<NvmlFieldValue> values)
    {
        fixed (NvmlFieldValue* into = values)
            return _fields == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, int, NvmlFieldValue*, NvmlReturn>)_fields)(device, values.Length, into);
    }

    internal NvmlReturn DeviceGetTemperature(nint device, uint sensor, out uint celsius) => Get(_temperature, device, sensor, out celsius);

    internal NvmlReturn DeviceGetTemperatureThreshold(nint device, uint threshold, out uint celsius) => Get(_threshold, device, threshold, out celsius);

    internal NvmlReturn DeviceGetFanSpeed(nint device, out uint percent) => Get(_fan, device, out percent);

    internal NvmlReturn DeviceGetClockInfo(nint device, uint clock, out uint megahertz) => Get(_clock, device, clock, out megahertz);

    internal NvmlReturn DeviceGetMaxClockInfo(nint device, uint clock, out uint megahertz) => Get(_maxClock, device, clock, out megahertz);

    internal NvmlReturn DeviceGetApplicationsClock(nint device, uint clock, out uint megahertz) => Get(_applicationsClock, device, clock, out megahertz);

    internal NvmlReturn DeviceGetUtilizationRates(nint device, out NvmlUtilization utilization) => Get(_utilization, device, out utilization);

    internal NvmlReturn DeviceGetPerformanceState(nint device, out uint state) => Get(_performanceState, device, out state);

    internal NvmlReturn DeviceGetCurrentClocksEventReasons(nint device, out ulong bits) => Get(_reasons, device, out bits);

    internal NvmlReturn DeviceGetSupportedClocksEventReasons(nint device, out ulong bits) => Get(_supportedReasons, device, out bits);

    internal NvmlReturn DeviceGetViolationStatus(nint device, uint policy, out NvmlViolationTime time) => Get(_violation, device, policy, out time);

    internal NvmlReturn DeviceGetMigMode(nint device, out uint current, out uint pending) => Get(_migMode, device, out current, out pending);

    internal NvmlReturn DeviceGetPersistenceMode(nint device, out uint enabled) => Get(_persistence, device, out enabled);

    internal NvmlReturn DeviceGetComputeMode(nint device, out uint mode) => Get(_computeMode, device, out mode);

    internal NvmlReturn DeviceGetEccMode(nint device, out uint current, out uint pending) => Get(_ecc, device, out current, out pending);

    internal NvmlReturn DeviceGetCurrPcieLinkGeneration(nint device, out uint generation) => Get(_pcieGeneration, device, out generation);

    internal NvmlReturn DeviceGetCurrPcieLinkWidth(nint device, out uint lanes) => Get(_pcieWidth, device, out lanes);

    internal NvmlReturn DeviceGetComputeRunningProcesses(nint device, ref uint count, Span<NvmlProcessInfo> processes)
    {
        fixed (uint* counted = &count)
        fixed (NvmlProcessInfo* into = processes)
            return _processes == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, uint*, NvmlProcessInfo*, NvmlReturn>)_processes)(device, counted, into);
    }

    public void Dispose() => NativeLibrary.Free(library);

    static nint Entry(nint library, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (NativeLibrary.TryGetExport(library, name, out var address))
                return address;
        return 0;
    }

    static NvmlReturn Text(nint function, Span<byte> text)
    {
        fixed (byte* into = text)
            return function == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<byte*, uint, NvmlReturn>)function)(into, (uint)text.Length);
    }

    static NvmlReturn Text(nint function, nint device, Span<byte> text)
    {
        fixed (byte* into = text)
            return function == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, byte*, uint, NvmlReturn>)function)(device, into, (uint)text.Length);
    }

    static NvmlReturn Get<T>(nint function, nint device, out T value)
        where T : unmanaged
    {
        T got = default;
        var answer = function == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, T*, NvmlReturn>)function)(device, &got);
        value = got;
        return answer;
    }

    static NvmlReturn Get<T>(nint function, nint device, uint which, out T value)
        where T : unmanaged
    {
        T got = default;
        var answer = function == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, uint, T*, NvmlReturn>)function)(device, which, &got);
        value = got;
        return answer;
    }

    static NvmlReturn Get<T>(nint function, nint device, out T first, out T second)
        where T : unmanaged
    {
        T one = default, two = default;
        var answer = function == 0 ? NvmlReturn.FunctionNotFound : ((delegate* unmanaged<nint, T*, T*, NvmlReturn>)function)(device, &one, &two);
        (first, second) = (one, two);
        return answer;
    }
}
