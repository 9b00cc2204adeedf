namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>ggml_backend_dev_type</c>.</summary>
enum GgmlDeviceType
{
    Cpu,
    Gpu,
    IntegratedGpu,

    /// <summary>A helper of the CPU, such as BLAS or AMX.</summary>
    Accelerator,
}
