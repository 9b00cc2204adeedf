namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>A device that can compute: <c>CPU</c>, <c>CUDA0</c>, <c>Vulkan0</c>.</summary>
sealed record GgmlDevice(nint Handle, string Name, string Description, GgmlDeviceType Type)
{
    public bool IsGpu => Type is GgmlDeviceType.Gpu or GgmlDeviceType.IntegratedGpu;

    public static unsafe GgmlDevice Of(nint device) => new(
        device,
        LlamaLibrary.Text(GgmlNative.DeviceName(device)) ?? "",
        LlamaLibrary.Text(GgmlNative.DeviceDescription(device)) ?? "",
        GgmlNative.DeviceType(device));
}
