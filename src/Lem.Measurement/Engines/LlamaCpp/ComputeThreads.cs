using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The CPU backend's threads, kept between computations; without them the library starts and ends threads for every step.</summary>
/// <remarks>
/// As in llama.cpp's own tools they look out for more work before they sleep: for a few tenths of a second after the last step (polling level 50).
/// </remarks>
sealed unsafe class ComputeThreads : IDisposable
{
    readonly nint _decode;
    readonly nint _prefill;
    readonly delegate* unmanaged<nint, void> _free;

    ComputeThreads(nint decode, nint prefill, delegate* unmanaged<nint, void> free)
    {
        _decode = decode;
        _prefill = prefill;
        _free = free;
    }

    /// <summary>Starts the threads, or null where the CPU backend has none of its own to offer.</summary>
    public static ComputeThreads? Start(LlamaLibrary library, int threads, int threadsBatch)
    {
        if (library.Devices.FirstOrDefault(device => device.Type == GgmlDeviceType.Cpu) is not { } cpu)
            return null;
        // A backend is a plug-in: its own functions are had from its registry.
        var registry = GgmlNative.DeviceRegistry(cpu.Handle);
        var create = (delegate* unmanaged<GgmlThreadPoolParams*, nint>)GgmlNative.RegistryProcAddress(registry, "ggml_threadpool_new");
        var free = (delegate* unmanaged<nint, void>)GgmlNative.RegistryProcAddress(registry, "ggml_threadpool_free");
        if (create is null || free is null)
            return null;

        var decode = Create(create, threads);
        var prefill = threadsBatch == threads ? decode : Create(create, threadsBatch);
        return new(decode, prefill, free);
    }

    public void AttachTo(nint context) => LlamaNative.AttachThreadPool(context, _decode, _prefill);

    /// <summary>Ends the threads; the context that used them must be gone.</summary>
    public void Dispose()
    {
        _free(_decode);
        if (_prefill != _decode)
            _free(_prefill);
    }

    static nint Create(delegate* unmanaged<GgmlThreadPoolParams*, nint> create, int threads)
    {
        GgmlThreadPoolParams parameters;
        GgmlNative.ThreadPoolParamsInit(&parameters, threads);
        return create(&parameters);
    }
}
