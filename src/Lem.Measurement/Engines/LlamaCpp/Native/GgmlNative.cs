using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>The functions of <c>ggml.h</c> and <c>ggml-backend.h</c> used here, one to one. Two libraries: the base, and the registry of devices.</summary>
static unsafe partial class GgmlNative
{
    public const string Base = "ggml-base";
    public const string Registry = "ggml";

    [LibraryImport(Base, EntryPoint = "ggml_version")]
    internal static partial byte* Version();

    [LibraryImport(Base, EntryPoint = "ggml_commit")]
    internal static partial byte* Commit();

    [LibraryImport(Base, EntryPoint = "ggml_log_set")]
    internal static partial void LogSet(delegate* unmanaged<LlamaLogLevel, byte*, void*, void> callback, void* data);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_name")]
    internal static partial byte* DeviceName(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_description")]
    internal static partial byte* DeviceDescription(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_type")]
    internal static partial GgmlDeviceType DeviceType(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_dev_backend_reg")]
    internal static partial nint DeviceRegistry(nint device);

    [LibraryImport(Base, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint RegistryProcAddress(nint registry, string name);

    [LibraryImport(Base, EntryPoint = "ggml_threadpool_params_init")]
    internal static partial void ThreadPoolParamsInit(GgmlThreadPoolParams* parameters, int threads);

    [LibraryImport(Base, EntryPoint = "ggml_init")]
    internal static partial nint Init(GgmlInitParams parameters);

    [LibraryImport(Base, EntryPoint = "ggml_free")]
    internal static partial void FreeContext(nint context);

    [LibraryImport(Base, EntryPoint = "ggml_new_tensor_2d")]
    internal static partial GgmlTensor* NewTensor2d(nint context, int type, long columns, long rows);

    [LibraryImport(Base, EntryPoint = "ggml_mul_mat")]
    internal static partial GgmlTensor* MulMat(nint context, GgmlTensor* left, GgmlTensor* right);

    [LibraryImport(Base, EntryPoint = "ggml_get_name")]
    internal static partial byte* GetName(GgmlTensor* tensor);

    [LibraryImport(Base, EntryPoint = "ggml_op_name")]
    internal static partial byte* OperationName(int operation);

    [LibraryImport(Registry, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LoadAllFromPath(string folder);

    [LibraryImport(Registry, EntryPoint = "ggml_backend_dev_count")]
    internal static partial nuint DeviceCount();

    [LibraryImport(Registry, EntryPoint = "ggml_backend_dev_get")]
    internal static partial nint DeviceGet(nuint index);
}
