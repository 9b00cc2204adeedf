using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>What shapes an engine that TensorRT-LLM builds (<c>tensorrt.backend: tensorrt</c>); its PyTorch backend refuses all of it.</summary>
static class TensorRtBuildRows
{
    static readonly string[] _quantAlgorithms =
    [
        "NO_QUANT", "FP8", "FP8_PER_CHANNEL_PER_TOKEN", "FP8_BLOCK_SCALES", "NVFP4", "INT8", "W8A16", "W8A16_GPTQ", "W8A8_SQ_PER_CHANNEL", "W8A8_SQ_PER_TENSOR_PLUGIN",
        "W8A8_SQ_PER_CHANNEL_PER_TOKEN_PLUGIN", "W8A8_SQ_PER_CHANNEL_PER_TENSOR_PLUGIN", "W8A8_SQ_PER_TENSOR_PER_TOKEN_PLUGIN", "W4A16", "W4A16_AWQ", "W4A16_GPTQ", "W4A16_MXFP4",
        "W4A8_AWQ", "W4A8_QSERVE_PER_GROUP", "W4A8_QSERVE_PER_CHANNEL", "W4A8_NVFP4_FP8", "W4A8_MXFP4_FP8", "W4A8_MXFP4_MXFP8", "MIXED_PRECISION",
    ];

    public static IEnumerable<Parameter> All =>
    [
        Parameter.Text("engine_path", Travel.Load, "A built engine to serve, in place of the model").Shapes("the engine itself"),
        Parameter.Flag("force_rebuild", Travel.Load, "Builds even when the cache has the engine").WithDefault(false).CostsNothing("build time only"),
        Parameter.Text("engine_cache_dir", Travel.Load, "Where built engines are kept (enable_build_cache)").CostsNothing("build time only"),
        Parameter.Flag("fast_build", Travel.Load, "Faster build, slower engine").WithDefault(false).Shapes("kernels"),
        Parameter.Choice("batching_type", Travel.Load, "Batches in flight or static", "INFLIGHT", "STATIC").Shapes("batch size over time"),
        Parameter.Choice("embedding_parallel_mode", Travel.Load, "How the embedding is split", "NONE", "SHARDING_ALONG_VOCAB", "SHARDING_ALONG_HIDDEN").WithDefault("SHARDING_ALONG_VOCAB").Shapes("work per GPU"),
        Parameter.Group("extended_runtime_perf_knob_config", Travel.Load, "Kernel choices at run time",
            Parameter.Flag("multi_block_mode", Travel.Load, "Several blocks per sequence in attention").WithDefault(true).Shapes("attention kernel"),
            Parameter.Flag("enable_context_fmha_fp32_acc", Travel.Load, "Sums in single precision in prefill").WithDefault(false).Shapes("attention kernel"),
            Parameter.Flag("cuda_graph_mode", Travel.Load, "CUDA graphs").WithDefault(false).Shapes("launch overhead"),
            Parameter.Integer("cuda_graph_cache_size", Travel.Load, "CUDA graphs kept", min: 0).WithDefault(0).Shapes("launch overhead"))
            .Shapes("kernels"),
        Parameter.Group("quant_config", Travel.Load, "How weights and cache are quantised",
            Parameter.Choice("quant_algo", Travel.Load, "Algorithm of the weights", _quantAlgorithms).Shapes("memory traffic, which matrix units compute"),
            Parameter.Choice("kv_cache_quant_algo", Travel.Load, "Algorithm of the KV cache", "FP8", "INT8", "NVFP4").Shapes("memory traffic of attention"),
            Parameter.Integer("group_size", Travel.Load, "Weights per scale", min: 1).WithDefault(128).Shapes("dequantisation"),
            Parameter.Flag("has_zero_point", Travel.Load, "Scales with an offset").WithDefault(false).Shapes("dequantisation"),
            Parameter.Flag("pre_quant_scale", Travel.Load, "Inputs scaled first").WithDefault(false).Shapes("dequantisation"),
            Parameter.Of("exclude_modules", new ListShape(new TextShape()), Travel.Load, "Layers left as they are").Shapes("memory traffic"),
            Parameter.Flag("use_meta_recipe", Travel.Load, "Meta's recipe for fp8 by rows").WithDefault(false).Shapes("which layers are quantised"),
            Parameter.Number("smoothquant_val", Travel.Load, "SmoothQuant's alpha", min: 0, max: 1).WithDefault(0.5).CostsNothing("the same operations on other numbers"),
            Parameter.Of("clamp_val", new ListShape(new NumberShape()), Travel.Load, "Limits of activations").CostsNothing("the same operations on other numbers"))
            .Shapes("memory traffic, which matrix units compute"),
        Parameter.Group("calib_config", Travel.Load, "How activation scales are found",
            Parameter.Choice("device", Travel.Load, "Where", "cuda", "cpu").WithDefault("cuda").CostsNothing("build time only"),
            Parameter.Text("calib_dataset", Travel.Load, "Dataset").WithDefault("cnn_dailymail").CostsNothing("build time only"),
            Parameter.Integer("calib_batches", Travel.Load, "Batches", min: 1).WithDefault(512).CostsNothing("build time only"),
            Parameter.Integer("calib_batch_size", Travel.Load, "Prompts per batch", min: 1).WithDefault(1).CostsNothing("build time only"),
            Parameter.Integer("calib_max_seq_length", Travel.Load, "Longest prompt", min: 1).WithDefault(512).CostsNothing("build time only"),
            Parameter.Integer("random_seed", Travel.Load, "Which prompts").WithDefault(1234).CostsNothing("build time only"),
            Parameter.Integer("tokenizer_max_seq_length", Travel.Load, "Longest text", min: 1).WithDefault(2048).CostsNothing("build time only"))
            .CostsNothing("build time only"),
        Parameter.Group("build_config", Travel.Load, "How an engine is built",
            Parameter.Flag("strongly_typed", Travel.Load, "Number formats as given, not chosen").WithDefault(true).Shapes("which matrix units compute"),
            Parameter.Choice("kv_cache_type", Travel.Load, "Layout of the KV cache", "PAGED", "CONTINUOUS", "DISABLED").Shapes("memory traffic of attention"),
            Parameter.Integer("opt_batch_size", Travel.Load, "Batch size kernels are tuned for", min: 1).WithDefault(8).Shapes("kernels"),
            Parameter.Integer("opt_num_tokens", Travel.Load, "Tokens kernels are tuned for", min: 1).Shapes("kernels"),
            Parameter.Flag("use_refit", Travel.Load, "Weights may be exchanged").WithDefault(false).Shapes("kernels"),
            Parameter.Of("plugin_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Kernels by plugin").Shapes("kernels"))
            .Shapes("kernels"),
    ];
}
