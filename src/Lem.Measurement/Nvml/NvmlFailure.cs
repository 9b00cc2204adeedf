namespace Lem.Measurement.Nvml;

/// <summary>Why NVML, or a device of it, cannot be used: a stable code, a sentence, and what to do.</summary>
public sealed record NvmlFailure(string Code, string Message, string Hint)
{
    internal static NvmlFailure LibraryMissing(string path) => new(
        "nvml_library_missing",
        $"the NVIDIA management library ({path}) is not on this machine",
        "Install the NVIDIA driver, or in a container run with the NVIDIA container toolkit (--gpus all); without an NVIDIA GPU nothing is wrong.");

    internal static NvmlFailure Of(NvmlReturn answer, string attempt) => new(CodeOf(answer), $"could not {attempt}: {Words(answer)}", Advice(answer));

    /// <summary>Stable code of an answer: <c>nvml_not_supported</c>, <c>nvml_gpu_lost</c>.</summary>
    internal static string CodeOf(NvmlReturn answer) => answer switch
    {
        NvmlReturn.NotSupported => "nvml_not_supported",
        NvmlReturn.NoPermission => "nvml_no_permission",
        NvmlReturn.DriverNotLoaded => "nvml_driver_not_loaded",
        NvmlReturn.FunctionNotFound => "nvml_function_missing",
        NvmlReturn.GpuIsLost => "nvml_gpu_lost",
        NvmlReturn.ResetRequired => "nvml_reset_required",
        NvmlReturn.OperatingSystem => "nvml_blocked_by_system",
        NvmlReturn.LibraryVersionMismatch => "nvml_version_mismatch",
        NvmlReturn.Timeout => "nvml_timeout",
        _ => "nvml_error",
    };

    static string Words(NvmlReturn answer) => answer switch
    {
        NvmlReturn.NotSupported => "the device does not offer it",
        NvmlReturn.NoPermission => "permission denied",
        NvmlReturn.DriverNotLoaded => "the NVIDIA kernel driver is not loaded",
        NvmlReturn.FunctionNotFound => "the driver is too old to have the function",
        NvmlReturn.GpuIsLost => "the GPU has fallen off the bus",
        NvmlReturn.ResetRequired => "the GPU needs a reset",
        NvmlReturn.OperatingSystem => "the operating system or a cgroup blocks the device",
        NvmlReturn.LibraryVersionMismatch => "driver and library are of different versions",
        _ => $"NVML answered {answer} ({(int)answer})",
    };

    static string Advice(NvmlReturn answer) => answer switch
    {
        NvmlReturn.NoPermission or NvmlReturn.OperatingSystem => "Check that this user may open /dev/nvidia* (in a container: --gpus).",
        NvmlReturn.DriverNotLoaded => "Load the driver (modprobe nvidia), or reinstall it for the running kernel.",
        NvmlReturn.LibraryVersionMismatch => "Reboot after a driver update, or give the container the host's driver version.",
        NvmlReturn.FunctionNotFound => "Update the NVIDIA driver.",
        NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired => "Reset the GPU (nvidia-smi --gpu-reset) or reboot; look for Xid errors in the kernel log.",
        _ => "See whether nvidia-smi works here.",
    };
}
