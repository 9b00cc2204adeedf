using System.Text;

namespace Lem.Measurement.Nvml;

/// <summary>The NVIDIA management library, opened: versions and devices. Says what the driver says and thinks nothing of it.</summary>
public sealed class NvmlReader : IDisposable
{
    /// <summary>The library's name with its ABI version; the plain <c>.so</c> belongs to development packages.</summary>
    public const string DefaultLibrary = "libnvidia-ml.so.1";

    readonly NvmlNative _native;

    NvmlReader(NvmlNative native)
    {
        _native = native;
        var answer = native.DeviceGetCount(out var count);
        CountFailure = answer is NvmlReturn.Success ? null : NvmlFailure.Of(answer, "count the GPUs");
        var devices = new List<NvmlDevice>();
        for (uint i = 0; answer is NvmlReturn.Success && i < count; i++)
        {
            var found = native.DeviceGetHandleByIndex(i, out var handle);
            devices.Add(new NvmlDevice(native, handle, (int)i, found));
        }

        Devices = devices;
    }

    /// <summary>Every device in NVML's order, unreachable ones included: their <see cref="NvmlDevice.HandleAnswer"/> says why.</summary>
    public IReadOnlyList<NvmlDevice> Devices { get; }

    /// <summary>Why NVML does not tell how many devices there are; null where it does. An empty list of devices is then no statement.</summary>
    public NvmlFailure? CountFailure { get; }

    /// <summary>Version of the kernel driver, or null where unknown.</summary>
    public string? DriverVersion
    {
        get
        {
            Span<byte> text = stackalloc byte[80];
            return NvmlDevice.Text(_native.SystemGetDriverVersion(text), text);
        }
    }

    /// <summary>Version of the library itself, or null where unknown.</summary>
    public string? LibraryVersion
    {
        get
        {
            Span<byte> text = stackalloc byte[80];
            return NvmlDevice.Text(_native.SystemGetNvmlVersion(text), text);
        }
    }

    /// <summary>Newest CUDA version the driver supports (12.4), or null where unknown.</summary>
    public string? CudaVersion =>
        _native.SystemGetCudaDriverVersion(out var version) is NvmlReturn.Success ? $"{version / 1000}.{version % 1000 / 10}" : null;

    /// <summary>Loads and initialises the library; null with a reason where there is none, or no driver.</summary>
    public static NvmlReader? Open(string libraryPath, out NvmlFailure? failure)
    {
        if (NvmlNative.TryLoad(libraryPath) is not { } native)
        {
            failure = NvmlFailure.LibraryMissing(libraryPath);
            return null;
        }

        var answer = native.Init();
        if (answer is NvmlReturn.Success)
        {
            failure = null;
            return new NvmlReader(native);
        }

        native.Dispose();
        failure = NvmlFailure.Of(answer, "initialise NVML");
        return null;
    }

    /// <summary>
    /// The physical device of a UUID: <c>GPU-…</c>, or <c>MIG-…</c>, whose parent it then is, since power is known of the parent only.
    /// </summary>
    public NvmlDevice? FindByUuid(string uuid, out bool isMig)
    {
        isMig = false;
        if (_native.DeviceGetHandleByUuid(Encoding.UTF8.GetBytes(uuid + '\0'), out var handle) is not NvmlReturn.Success)
            return null;
        if (_native.DeviceIsMigDeviceHandle(handle, out var mig) is NvmlReturn.Success && mig != 0)
        {
            isMig = true;
            if (_native.DeviceGetDeviceHandleFromMigDeviceHandle(handle, out handle) is not NvmlReturn.Success)
                return null;
        }

        foreach (var device in Devices)
            if (device.IsHandle(handle))
                return device;
        return null;
    }

    public void Dispose()
    {
        _native.Shutdown();
        _native.Dispose();
    }
}
