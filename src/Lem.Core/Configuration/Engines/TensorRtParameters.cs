using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>TensorRT-LLM: the LLM arguments of <c>trtllm-serve</c> (its extra-options YAML), what shapes a built engine, and request fields.</summary>
/// <remarks>Names after TensorRT-LLM 0.21–1.x (LlmArgs, KvCacheConfig, SchedulerConfig, QuantConfig, CalibConfig, BuildConfig, SamplingParams).</remarks>
public static class TensorRtParameters
{
    static readonly string[] _quantAlgorithms =
        ["NO_QUANT", "FP8", "NVFP4", "INT8", "W8A8_SQ_PER_CHANNEL", "W8A16", "W8A16_GPTQ", "W4A16", "W4A16_AWQ", "W4A16_GPTQ", "W4A8_AWQ", "FP8_BLOCK_SCALES"];

    public static ParameterTable Table { get; } = new(Backend.Tensorrt, "tensorrt", [.. Engine, .. Sizes, .. Configs, .. Build, .. Requests],
    [
        ParameterRule.AtMost("max_input_len", "max_seq_len"),
        ParameterRule.Exclusive("engine_path", "force_rebuild"),
        .. BuiltEngineOnly("engine_path", "force_rebuild", "engine_cache_dir", "fast_build", "build_config", "calib_config"),
        ParameterRule.Warn("quant_config.quant_algo", section =>
            section.Text("quant_config.quant_algo") is "W8A8_SQ_PER_CHANNEL" && !section.IsOn("calib_config")
                ? "INT8 SmoothQuant without calib_config: activations are scaled by defaults"
                : null),
        ParameterRule.Warn("kv_cache_config.free_gpu_memory_fraction", section =>
            section.Number("kv_cache_config.free_gpu_memory_fraction") is > 0.95 and var share
                ? $"above 0.95 the engine may run out of memory, and is {share}"
                : null),
        ParameterRule.Requires("lora_config", "enable_lora"),
        ParameterRule.Warn("trust_remote_code", section =>
            section.Flag("trust_remote_code") is true ? "runs code that comes with the model" : null),
    ]);

    // Since 1.0 the default backend is PyTorch and nothing is built.
    static IEnumerable<ParameterRule> BuiltEngineOnly(params string[] paths) =>
        paths.Select(path => ParameterRule.Warn(path, section =>
            section.IsOn(path) && section.Text("backend") is not "tensorrt" ? "has an effect with tensorrt.backend: tensorrt only" : null));

    static IEnumerable<Parameter> Engine =>
    [
        Parameter.Choice("backend", Travel.Flag, "What executes: PyTorch graphs, or a built TensorRT engine", "pytorch", "tensorrt", "_autodeploy").WithDefault("pytorch")
            .Shapes("kernels"),
        Parameter.Integer("tensor_parallel_size", Travel.Load, "GPUs that share each layer", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("pipeline_parallel_size", Travel.Load, "Stages of layers", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("context_parallel_size", Travel.Load, "GPUs that share each sequence", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("moe_expert_parallel_size", Travel.Load, "GPUs the experts are spread over", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("moe_tensor_parallel_size", Travel.Load, "GPUs that share each expert", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Flag("enable_attention_dp", Travel.Load, "Attention by replicas, the rest split").WithDefault(false).Shapes("work per GPU"),
        Parameter.Choice("load_format", Travel.Load, "Form of the weights", "auto", "dummy").WithDefault("auto").CostsNothing("load time only, but dummy weights are labelled"),
        Parameter.Choice("attn_backend", Travel.Load, "Attention kernels of the PyTorch backend", "TRTLLM", "VANILLA", "FLASHINFER").WithDefault("TRTLLM").Shapes("attention kernel"),
        Parameter.Flag("disable_overlap_scheduler", Travel.Load, "Schedules only between steps").WithDefault(false).Shapes("gaps between steps"),
        Parameter.Of("cuda_graph_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "CUDA graphs of the PyTorch backend").Shapes("launch overhead"),
        Parameter.Of("torch_compile_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "torch.compile of the PyTorch backend").Shapes("kernel fusion, launch overhead"),
        Parameter.Integer("stream_interval", Travel.Load, "Tokens per streamed chunk", min: 1).WithDefault(1).Shapes("work per token outside the GPU"),
        Parameter.Integer("num_postprocess_workers", Travel.Load, "Processes that detokenise", min: 0).WithDefault(0).Shapes("work per token outside the GPU"),
        Parameter.Integer("garbage_collection_gen0_threshold", Travel.Load, "Python's collector in the executor", min: 0).WithDefault(20000).Shapes("pauses"),
        Parameter.Flag("trust_remote_code", Travel.Flag, "Runs code that comes with the model").WithDefault(false).CostsNothing("decides whether it runs, not how"),
        Parameter.Choice("tokenizer_mode", Travel.Load, "Which tokenizer code", "auto", "slow").WithDefault("auto").Shapes("CPU work per request"),
    ];

    static IEnumerable<Parameter> Sizes =>
    [
        Parameter.Integer("max_batch_size", Travel.Load, "Most sequences in one step", min: 1).WithDefault(2048).Shapes("batch size"),
        Parameter.Integer("max_num_tokens", Travel.Load, "Most tokens in one step", min: 1).WithDefault(8192).Shapes("tokens per step"),
        Parameter.Integer("max_input_len", Travel.Load, "Longest prompt", min: 1).Shapes("size of buffers"),
        Parameter.Integer("max_seq_len", Travel.Load, "Longest sequence; not given = max_input_tokens + max_output_tokens", min: 1).Shapes("size of the KV cache"),
        Parameter.Integer("max_beam_width", Travel.Load, "Most beams", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Flag("enable_chunked_prefill", Travel.Load, "Splits long prefills and mixes them with decodes").WithDefault(false).Shapes("tokens per step"),
        Parameter.Choice("batching_type", Travel.Load, "Batches in flight or static", "INFLIGHT", "STATIC").Shapes("batch size over time"),
        Parameter.Flag("enable_lora", Travel.Load, "Serves LoRA adapters").WithDefault(false).Shapes("adds operations to every layer"),
        Parameter.Group("lora_config", Travel.Load, "LoRA adapters",
            Parameter.Of("lora_dir", new ListShape(new TextShape()), Travel.Load, "Adapter folders").Shapes("adds operations to every layer"),
            Parameter.Integer("max_lora_rank", Travel.Load, "Highest rank of an adapter", min: 1).WithDefault(64).Shapes("adapter kernels"),
            Parameter.Integer("max_loras", Travel.Load, "Adapters on the GPU", min: 1).WithDefault(4).Shapes("adapter kernels"),
            Parameter.Integer("max_cpu_loras", Travel.Load, "Adapters in host memory", min: 1).WithDefault(4).Shapes("adapter swaps"))
            .Shapes("adds operations to every layer"),
    ];

    static IEnumerable<Parameter> Configs =>
    [
        Parameter.Group("quant_config", Travel.Load, "How weights and cache are quantised",
            Parameter.Choice("quant_algo", Travel.Load, "Algorithm of the weights", _quantAlgorithms).Shapes("memory traffic, which matrix units compute"),
            Parameter.Choice("kv_cache_quant_algo", Travel.Load, "Algorithm of the KV cache", "FP8", "INT8", "NVFP4").Shapes("memory traffic of attention"),
            Parameter.Integer("group_size", Travel.Load, "Weights per scale", min: 1).WithDefault(128).Shapes("dequantisation"),
            Parameter.Number("smoothquant_val", Travel.Load, "SmoothQuant's alpha", min: 0, max: 1).WithDefault(0.5).CostsNothing("the same operations on other numbers"))
            .Shapes("memory traffic, which matrix units compute"),
        Parameter.Group("calib_config", Travel.Load, "How activation scales are found",
            Parameter.Text("calib_dataset", Travel.Load, "Dataset").CostsNothing("build time only"),
            Parameter.Integer("calib_batches", Travel.Load, "Batches", min: 1).WithDefault(512).CostsNothing("build time only"),
            Parameter.Integer("calib_batch_size", Travel.Load, "Prompts per batch", min: 1).WithDefault(1).CostsNothing("build time only"),
            Parameter.Integer("calib_max_seq_length", Travel.Load, "Longest prompt", min: 1).WithDefault(512).CostsNothing("build time only"))
            .CostsNothing("build time only"),
        Parameter.Group("kv_cache_config", Travel.Load, "The KV cache",
            Parameter.Flag("enable_block_reuse", Travel.Load, "Reuses the blocks of equal prefixes; lem leaves it off unless given").Shapes("skips prefill"),
            Parameter.Number("free_gpu_memory_fraction", Travel.Load, "Share of the memory left after loading", above: 0, max: 1).WithDefault(0.9).Shapes("size of the KV cache"),
            Parameter.Integer("max_tokens", Travel.Load, "Tokens the cache holds", min: 1).Shapes("size of the KV cache"),
            Parameter.Of("max_attention_window", new ListShape(new IntegerShape(Min: 1)), Travel.Load, "Attention span per layer").Shapes("attention span"),
            Parameter.Integer("sink_token_length", Travel.Load, "First tokens that always stay", min: 0).Shapes("attention span"),
            Parameter.Integer("host_cache_size", Travel.Load, "Bytes of host memory for blocks", min: 0).Shapes("blocks over PCIe"),
            Parameter.Flag("onboard_blocks", Travel.Load, "Copies host blocks back before use").WithDefault(true).Shapes("blocks over PCIe"),
            Parameter.Choice("dtype", Travel.Load, "Number format of the cache", "auto", "fp8", "nvfp4").WithDefault("auto").Shapes("memory traffic of attention"),
            Parameter.Integer("tokens_per_block", Travel.Load, "Tokens per block", min: 1).WithDefault(32).Shapes("attention kernel, fragmentation"))
            .Shapes("size and reuse of the KV cache"),
        Parameter.Group("scheduler_config", Travel.Load, "Who goes first",
            Parameter.Choice("capacity_scheduler_policy", Travel.Load, "When a request is let in", "GUARANTEED_NO_EVICT", "MAX_UTILIZATION", "STATIC_BATCH")
                .WithDefault("GUARANTEED_NO_EVICT").Shapes("batch size over time"),
            Parameter.Choice("context_chunking_policy", Travel.Load, "How prefill chunks are shared out", "FIRST_COME_FIRST_SERVED", "EQUAL_PROGRESS").Shapes("tokens per step"),
            Parameter.Of("dynamic_batch_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Adapts the batch size to the load").Shapes("batch size over time"))
            .Shapes("batch size over time"),
        Parameter.Of("speculative_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load,
            "Speculative decoding: decoding_type and its fields").Shapes("forward passes per token"),
        Parameter.Of("peft_cache_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Cache of adapters").Shapes("adapter swaps"),
        Parameter.Of("extended_runtime_perf_knob_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Kernel choices of the TensorRT backend").Shapes("kernels"),
    ];

    static IEnumerable<Parameter> Build =>
    [
        Parameter.Text("engine_path", Travel.Load, "A built engine to use").Shapes("the engine itself"),
        Parameter.Flag("force_rebuild", Travel.Load, "Builds even when the cache has the engine").WithDefault(false).CostsNothing("build time only"),
        Parameter.Text("engine_cache_dir", Travel.Load, "Where built engines are kept").CostsNothing("build time only"),
        Parameter.Flag("fast_build", Travel.Load, "Faster build, slower engine").WithDefault(false).Shapes("kernels"),
        Parameter.Group("build_config", Travel.Load, "How an engine is built",
            Parameter.Integer("builder_optimization_level", Travel.Load, "How hard TensorRT searches for kernels", min: 0, max: 5).WithDefault(3).Shapes("kernels"),
            Parameter.Flag("strongly_typed", Travel.Load, "Number formats as given, not chosen").WithDefault(true).Shapes("which matrix units compute"),
            Parameter.Flag("use_multiple_profiles", Travel.Load, "Kernels for several batch sizes").WithDefault(false).Shapes("kernels"),
            Parameter.Choice("kv_cache_type", Travel.Load, "Layout of the KV cache", "PAGED", "CONTINUOUS", "DISABLED").Shapes("memory traffic of attention"),
            Parameter.Integer("opt_batch_size", Travel.Load, "Batch size kernels are tuned for", min: 1).WithDefault(8).Shapes("kernels"),
            Parameter.Of("plugin_config", new MapShape(new AnyShape { Nullable = true }), Travel.Load, "Kernels by plugin").Shapes("kernels"))
            .Shapes("kernels"),
    ];

    static IEnumerable<Parameter> Requests =>
    [
        Parameter.Integer("n", Travel.Body, "Answers per prompt", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Flag("use_beam_search", Travel.Body, "Beam search with n beams").WithDefault(false).Shapes("sequences per request"),
        Parameter.Number("length_penalty", Travel.Body, "Above 0 favours longer beams").Shapes("output length under beam search"),
        Parameter.Number("presence_penalty", Travel.Body, "Against tokens that have occurred", min: -2, max: 2).Shapes("work per token in sampling"),
        Parameter.Number("frequency_penalty", Travel.Body, "Against tokens by how often they occurred", min: -2, max: 2).Shapes("work per token in sampling"),
        Parameter.Integer("logprobs", Travel.Body, "Log probabilities returned per token", min: 0).Shapes("work per token in sampling"),
        Parameter.Flag("detokenize", Travel.Body, "Returns text").WithDefault(true).Shapes("CPU work per token"),
    ];
}
