using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>llama.cpp: fields of llama_model_params and llama_context_params, and the LoRA adapters set on a context.</summary>
public static class LlamaCppParameters
{
    /// <summary>GGML types a KV cache may have.</summary>
    static readonly string[] _cacheTypes = ["f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "iq4_nl", "q5_0", "q5_1"];

    public static ParameterTable Table { get; } = new(Backend.Llamacpp, "llamacpp",
    [
        Parameter.Integer("n_ctx", Travel.Load, "Tokens the context holds, over all sequences; not given = what the run needs", min: 0)
            .Shapes("size of the KV cache"),
        Parameter.Integer("n_batch", Travel.Load, "Most tokens handed to one decode call", min: 1).WithDefault(2048)
            .Shapes("tokens per prefill call"),
        Parameter.Integer("n_ubatch", Travel.Load, "Most tokens computed at once within a decode call", min: 1).WithDefault(512)
            .Shapes("size of the matrix products in prefill"),
        Parameter.Integer("n_threads", Travel.Load, "Threads that decode; not given = the visible physical cores", min: 1)
            .Shapes("cores at work while decoding"),
        Parameter.Integer("n_threads_batch", Travel.Load, "Threads that prefill; not given = n_threads", min: 1)
            .Shapes("cores at work in prefill"),
        Parameter.Integer("n_gpu_layers", Travel.Load, "Layers kept on the GPU; -1 = all", min: -1).WithDefault(-1)
            .Shapes("which device computes"),
        Parameter.Choice("split_mode", Travel.Load, "How a model is split over several GPUs", "none", "layer", "row").WithDefault("layer")
            .Shapes("work and traffic between GPUs"),
        Parameter.Integer("main_gpu", Travel.Load, "The GPU that computes with split_mode none", min: 0).WithDefault(0)
            .Shapes("which GPU computes"),
        Parameter.Of("tensor_split", new ListShape(new NumberShape(Min: 0)), Travel.Load, "Share of the model for each GPU")
            .Shapes("balance between GPUs"),
        Parameter.Choice("flash_attn", Travel.Load, "Fused attention kernels", "auto", "on", "off").WithDefault("auto")
            .Shapes("attention kernel and its memory traffic"),
        Parameter.Choice("type_k", Travel.Load, "Number format of the cached keys", _cacheTypes).WithDefault("f16")
            .Shapes("memory traffic of attention"),
        Parameter.Choice("type_v", Travel.Load, "Number format of the cached values; below f16 it needs flash attention", _cacheTypes)
            .WithDefault("f16").Shapes("memory traffic of attention"),
        Parameter.Flag("offload_kqv", Travel.Load, "Keeps the KV cache and its operations on the GPU").WithDefault(true)
            .Shapes("which device computes attention"),
        Parameter.Flag("kv_unified", Travel.Load, "One KV buffer shared by all sequences").WithDefault(false)
            .Shapes("layout of the KV cache with several sequences"),
        Parameter.Flag("op_offload", Travel.Load, "Sends host operations on large batches to the GPU").WithDefault(true)
            .Shapes("which device computes prefill"),
        Parameter.Flag("swa_full", Travel.Load, "Full-size cache for sliding-window layers").WithDefault(true)
            .Shapes("size of the KV cache"),
        Parameter.Flag("use_extra_bufts", Travel.Load, "Repacks weights for the processor's matrix instructions").WithDefault(true)
            .Shapes("CPU kernels"),
        Parameter.Choice("load_mode", Travel.Load, "How the file gets into memory; auto lets the library choose", "auto", "mmap", "read", "mlock")
            .WithDefault("auto").Shapes("load time, and page faults while measuring"),
        Parameter.Choice("numa", Travel.Load, "Placement of threads and memory on NUMA machines",
            "disabled", "distribute", "isolate", "numactl", "mirror").WithDefault("disabled").Shapes("memory traffic between sockets"),
        Parameter.Number("rope_freq_base", Travel.Load, "RoPE base frequency; not given = the model's", above: 0)
            .CostsNothing("the same operations on other numbers"),
        Parameter.Number("rope_freq_scale", Travel.Load, "RoPE frequency scale; not given = the model's", above: 0)
            .CostsNothing("the same operations on other numbers"),
        Parameter.Flag("check_tensors", Travel.Load, "Checks the weights for invalid numbers on load").WithDefault(false)
            .CostsNothing("load time only, outside the window"),
        Parameter.Groups("lora", Travel.Load, "Adapters applied on top of the model",
            Parameter.Text("path", Travel.Load, "GGUF file of the adapter").Shapes("adds operations to every layer"),
            Parameter.Number("scale", Travel.Load, "Weight of the adapter").WithDefault(1.0).CostsNothing("the same operations on other numbers"))
            .Shapes("adds operations to every layer"),
    ],
    [
        ParameterRule.AtMost("n_ubatch", "n_batch"),
        new("type_v", ConfigSeverity.Error, section =>
            section.Text("flash_attn") is "off" && section.Text("type_v") is not (null or "f32" or "f16" or "bf16")
                ? "a quantised value cache needs flash attention, but flash_attn is off"
                : null),
        new("lora", ConfigSeverity.Error, section =>
            section.Value("lora") is System.Text.Json.Nodes.JsonArray adapters && adapters.Any(adapter => adapter?["path"] is null)
                ? "each adapter needs a path"
                : null),
    ]);
}
