namespace Lem.Core.Configuration.Checks;

/// <summary>GPUs: how many, how they are shared out, and what their generation can do.</summary>
static class DeviceChecks
{
    // First GPUs with FP8 matrix units: Ada (8.9) and Hopper (9.0). TensorRT-LLM needs Ampere (8.0).
    const double Fp8Capability = 8.9;
    const double TensorRtCapability = 8.0;

    public static IEnumerable<ConfigError> Run(CheckContext context) => [.. Counts(context), .. Generations(context)];

    static IEnumerable<ConfigError> Counts(CheckContext context)
    {
        var config = context.Config;
        if (config.Gpus is { Count: > 0 } gpus && gpus.Count % config.NumProcesses != 0)
            yield return new("num_processes", $"must divide the number of gpus ({gpus.Count}), but is {config.NumProcesses}");
        if (context.Machine.GpuCount is { } present)
        {
            foreach (var gpu in config.Gpus?.Where(gpu => gpu.Index >= present) ?? [])
                yield return new("gpus", $"has GPU {gpu.Index}, but this machine has {present}");
        }
        var available = config.Gpus?.Count ?? context.Machine.GpuCount;
        if (available is > 0 && Ranks(config) is (var needed, var path) && needed > available / config.NumProcesses)
            yield return new(path, $"needs {needed} GPUs for each of {config.NumProcesses} processes, but gpus has {available}");
    }

    static (long Needed, string Path)? Ranks(ExperimentConfig config)
    {
        var engine = config.Engine;
        return config.ResolvedBackend switch
        {
            Backend.Vllm or Backend.Tensorrt => (
                (engine.Integer("tensor_parallel_size") ?? 1) * (engine.Integer("pipeline_parallel_size") ?? 1),
                $"{engine.Table.Section}.tensor_parallel_size"),
            Backend.Pytorch => (engine.Integer("tp_size") ?? 1, "pytorch.tp_size"),
            _ => null,
        };
    }

    static IEnumerable<ConfigError> Generations(CheckContext context)
    {
        if (context.Machine.ComputeCapability is not { } capability)
            yield break;
        var engine = context.Config.Engine;
        switch (context.Config.ResolvedBackend)
        {
            case Backend.Tensorrt:
                if (capability < TensorRtCapability)
                    yield return new("backend", $"tensorrt needs compute capability 8.0 (Ampere) or higher, but the GPU has {capability:0.0}");
                if (capability < Fp8Capability && engine.Text("quant_config.quant_algo")?.StartsWith("FP8", StringComparison.Ordinal) is true)
                    yield return new("tensorrt.quant_config.quant_algo", $"FP8 needs compute capability 8.9 or higher, but the GPU has {capability:0.0}");
                break;
            case Backend.Vllm:
                if (capability < Fp8Capability && engine.Text("quantization") is "fp8")
                {
                    yield return new(
                        "vllm.quantization",
                        $"fp8_weight_only: below compute capability 8.9 (here {capability:0.0}) only weights are FP8, products are 16-bit",
                        ConfigSeverity.Info);
                }
                break;
            default:
                break;
        }
    }
}
