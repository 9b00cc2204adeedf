using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>vLLM: arguments of <c>vllm serve</c> (EngineArgs) and fields of its requests (SamplingParams).</summary>
/// <remarks>Names after vLLM 0.8–0.12; nested mappings travel as one JSON argument, as <c>--speculative-config</c> does.</remarks>
public static class VllmParameters
{
    public static ParameterTable Table { get; } = new(Backend.Vllm, "vllm", [.. Scheduling, .. Memory, .. Parallel, .. Execution, .. Nested, .. Requests],
    [
        new("max_num_batched_tokens", ConfigSeverity.Error, section =>
            section.Flag("enable_chunked_prefill") is false
            && section.Number("max_num_batched_tokens") is { } tokens && section.Number("max_model_len") is { } length && tokens < length
                ? $"must be at least max_model_len ({length}) without chunked prefill, but is {tokens}"
                : null),
        new("max_num_batched_tokens", ConfigSeverity.Error, section =>
            section.Number("max_num_batched_tokens") is { } tokens && section.Number("max_num_seqs") is { } sequences && tokens < sequences
                ? $"must be at least max_num_seqs ({sequences}), but is {tokens}"
                : null),
        ParameterRule.Exclusive("kv_cache_memory_bytes", "num_gpu_blocks_override"),
        ParameterRule.Requires("max_loras", "enable_lora"),
        ParameterRule.Requires("max_lora_rank", "enable_lora"),
        ParameterRule.Requires("lora_extra_vocab_size", "enable_lora"),
        ParameterRule.Requires("fully_sharded_loras", "enable_lora"),
        new("speculative_config.model", ConfigSeverity.Error, section =>
            section.IsOn("speculative_config") && section.Text("speculative_config.method") is not (null or "ngram" or "mtp")
            && section.Text("speculative_config.model") is null
                ? $"is required with method {section.Text("speculative_config.method")}"
                : null),
        new("speculative_config.prompt_lookup_min", ConfigSeverity.Error, section =>
            section.Number("speculative_config.prompt_lookup_min") > section.Number("speculative_config.prompt_lookup_max")
                ? "must not exceed prompt_lookup_max"
                : null),
        ParameterRule.Warn("gpu_memory_utilization", section =>
            section.Number("gpu_memory_utilization") is > 0.95 and var share ? $"above 0.95 the engine may run out of memory, and is {share}" : null),
        ParameterRule.Tell("speculative_config", section =>
            section.IsOn("speculative_config") && section.Flag("enforce_eager") is true ? "runs without CUDA graphs, because enforce_eager is on" : null),
        ParameterRule.Tell("enable_lora", section =>
            section.Flag("enable_lora") is true && section.Number("tensor_parallel_size") > 1
                ? "LoRA with tensor parallelism: see fully_sharded_loras"
                : null),
        ParameterRule.Warn("trust_remote_code", section =>
            section.Flag("trust_remote_code") is true ? "runs code that comes with the model" : null),
    ]);

    static IEnumerable<Parameter> Scheduling =>
    [
        Parameter.Integer("max_num_seqs", Travel.Flag, "Most sequences in one scheduler step", min: 1).WithDefault(256).Shapes("batch size"),
        Parameter.Integer("max_num_batched_tokens", Travel.Flag, "Most tokens in one scheduler step", min: 1).Shapes("tokens per step"),
        Parameter.Flag("enable_chunked_prefill", Travel.Flag, "Splits long prefills and mixes them with decodes").Shapes("tokens per step"),
        Parameter.Integer("max_num_partial_prefills", Travel.Flag, "Prefills that may be under way at once", min: 1).WithDefault(1).Shapes("tokens per step"),
        Parameter.Integer("max_long_partial_prefills", Travel.Flag, "Long prefills that may be under way at once", min: 1).WithDefault(1).Shapes("tokens per step"),
        Parameter.Integer("long_prefill_token_threshold", Travel.Flag, "From this length a prefill is long; 0 = none", min: 0).WithDefault(0).Shapes("tokens per step"),
        Parameter.Choice("scheduling_policy", Travel.Flag, "Who goes first", "fcfs", "priority").WithDefault("fcfs").Shapes("waiting time"),
        Parameter.Flag("async_scheduling", Travel.Flag, "Schedules the next step while one runs").Shapes("gaps between steps"),
        Parameter.Integer("num_scheduler_steps", Travel.Flag, "Steps per scheduling (before V1)", min: 1).WithDefault(1).Shapes("gaps between steps"),
        Parameter.Integer("stream_interval", Travel.Flag, "Tokens per streamed chunk", min: 1).WithDefault(1).Shapes("work per token outside the GPU"),
    ];

    static IEnumerable<Parameter> Memory =>
    [
        Parameter.Number("gpu_memory_utilization", Travel.Flag, "Share of GPU memory the engine takes", above: 0, max: 1).WithDefault(0.9).Shapes("size of the KV cache"),
        Parameter.Integer("kv_cache_memory_bytes", Travel.Flag, "Size of the KV cache per GPU, in place of gpu_memory_utilization", min: 1).Shapes("size of the KV cache"),
        Parameter.Integer("num_gpu_blocks_override", Travel.Flag, "Number of KV blocks", min: 1).Shapes("size of the KV cache"),
        Parameter.Number("swap_space", Travel.Flag, "GiB of host memory per GPU for swapped blocks", min: 0).WithDefault(4.0).Shapes("preemption by swapping"),
        Parameter.Number("cpu_offload_gb", Travel.Flag, "GiB of weights per GPU kept in host memory", min: 0).WithDefault(0.0).Shapes("weights over PCIe for each pass"),
        Parameter.Integer("block_size", Travel.Flag, "Tokens per KV block", min: 1, max: 256).Shapes("attention kernel, fragmentation"),
        Parameter.Choice("kv_cache_dtype", Travel.Flag, "Number format of the KV cache", "auto", "fp8", "fp8_e5m2", "fp8_e4m3", "bfloat16").WithDefault("auto")
            .Shapes("memory traffic of attention"),
        Parameter.Flag("calculate_kv_scales", Travel.Flag, "Computes fp8 scales of the KV cache at run time").WithDefault(false).Shapes("work in attention"),
        Parameter.Flag("enable_prefix_caching", Travel.Flag, "Reuses the KV blocks of equal prefixes").Shapes("skips prefill"),
        Parameter.Integer("max_model_len", Travel.Flag, "Longest sequence; not given = max_input_tokens + max_output_tokens", min: 1).Shapes("size of the KV cache"),
        Parameter.Flag("disable_sliding_window", Travel.Flag, "Attends to all tokens within the window's length").WithDefault(false).Shapes("attention span"),
    ];

    static IEnumerable<Parameter> Parallel =>
    [
        Parameter.Integer("tensor_parallel_size", Travel.Flag, "GPUs that share each layer", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("pipeline_parallel_size", Travel.Flag, "Stages of layers", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("data_parallel_size", Travel.Flag, "Replicas within one server", min: 1).WithDefault(1).Shapes("work per GPU"),
        Parameter.Flag("enable_expert_parallel", Travel.Flag, "Experts spread over GPUs in place of split").WithDefault(false).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Choice("distributed_executor_backend", Travel.Flag, "What starts the ranks", "mp", "ray", "uni", "external_launcher").Shapes("gaps between steps"),
        Parameter.Flag("disable_custom_all_reduce", Travel.Flag, "NCCL in place of vLLM's own all-reduce").WithDefault(false).Shapes("traffic between GPUs"),
    ];

    static IEnumerable<Parameter> Execution =>
    [
        Parameter.Flag("enforce_eager", Travel.Flag, "No CUDA graphs, no compilation").WithDefault(false).Shapes("launch overhead"),
        Parameter.Integer("max_seq_len_to_capture", Travel.Flag, "Longest sequence covered by CUDA graphs", min: 1).WithDefault(8192).Shapes("launch overhead"),
        Parameter.Of("compilation_config", new EitherShape([new IntegerShape(0, 3), new MapShape(new AnyShape { Nullable = true })]), Travel.Flag,
            "torch.compile and CUDA graph settings, or the level").Shapes("kernel fusion, launch overhead"),
        Parameter.Choice("quantization", Travel.Flag, "How the weights are quantised; not given = the checkpoint's own",
            "awq", "awq_marlin", "gptq", "gptq_marlin", "marlin", "fp8", "bitsandbytes", "compressed-tensors", "modelopt", "modelopt_fp4", "squeezellm", "torchao", "gguf")
            .Shapes("memory traffic, which matrix units compute"),
        Parameter.Choice("load_format", Travel.Flag, "Form of the weight files", "auto", "safetensors", "pt", "npcache", "dummy", "tensorizer", "gguf", "bitsandbytes", "mistral", "runai_streamer")
            .WithDefault("auto").CostsNothing("load time only, but dummy weights are labelled"),
        Parameter.Choice("model_impl", Travel.Flag, "vLLM's own model code, or Transformers'", "auto", "vllm", "transformers").WithDefault("auto").Shapes("kernels"),
        Parameter.Choice("tokenizer_mode", Travel.Flag, "Which tokenizer code", "auto", "slow", "mistral").WithDefault("auto").Shapes("CPU work per request"),
        Parameter.Flag("trust_remote_code", Travel.Flag, "Runs code that comes with the model").WithDefault(false).CostsNothing("decides whether it runs, not how"),
        Parameter.Of("hf_overrides", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Fields laid over the model's own config").Shapes("the architecture itself"),
        Parameter.Text("attention_backend", Travel.Environment, "VLLM_ATTENTION_BACKEND, where there is no attention_config").Shapes("attention kernel"),
    ];

    static IEnumerable<Parameter> Nested =>
    [
        Parameter.Group("attention_config", Travel.Flag, "Attention kernels",
            Parameter.Text("backend", Travel.Flag, "FLASH_ATTN, FLASHINFER, TRITON_ATTN, …").Shapes("attention kernel"),
            Parameter.Integer("flash_attn_version", Travel.Flag, "Version of FlashAttention", min: 2, max: 4).Shapes("attention kernel"),
            Parameter.Integer("flash_attn_max_num_splits_for_cuda_graph", Travel.Flag, "Splits of FlashDecoding under CUDA graphs", min: 1).Shapes("attention kernel"),
            Parameter.Flag("use_prefill_decode_attention", Travel.Flag, "Separate kernels for prefill and decode").Shapes("attention kernel"),
            Parameter.Flag("use_cudnn_prefill", Travel.Flag, "cuDNN in prefill").Shapes("attention kernel"),
            Parameter.Flag("use_trtllm_attention", Travel.Flag, "TensorRT-LLM's kernels in FlashInfer").Shapes("attention kernel"),
            Parameter.Flag("disable_flashinfer_prefill", Travel.Flag, "No FlashInfer in prefill").Shapes("attention kernel"),
            Parameter.Flag("disable_flashinfer_q_quantization", Travel.Flag, "Queries stay unquantised with an fp8 cache").Shapes("attention kernel"))
            .Shapes("attention kernel and its memory traffic"),
        Parameter.Group("speculative_config", Travel.Flag, "Speculative decoding",
            Parameter.Choice("method", Travel.Flag, "Where drafts come from",
                "ngram", "eagle", "eagle3", "medusa", "mlp_speculator", "mtp", "draft_model", "suffix").Shapes("forward passes per token"),
            Parameter.Text("model", Travel.Flag, "Draft model").Shapes("forward passes per token"),
            Parameter.Integer("num_speculative_tokens", Travel.Flag, "Tokens drafted at a time", min: 1).Shapes("forward passes per token"),
            Parameter.Integer("prompt_lookup_min", Travel.Flag, "Shortest n-gram that is looked up", min: 1).Shapes("acceptance of drafts"),
            Parameter.Integer("prompt_lookup_max", Travel.Flag, "Longest n-gram that is looked up", min: 1).Shapes("acceptance of drafts"),
            Parameter.Integer("draft_tensor_parallel_size", Travel.Flag, "GPUs of the draft model", min: 1).Shapes("work per GPU"),
            Parameter.Text("quantization", Travel.Flag, "Quantisation of the draft model").Shapes("memory traffic of drafts"),
            Parameter.Integer("max_model_len", Travel.Flag, "Longest sequence of the draft model", min: 1).Shapes("when drafts stop"),
            Parameter.Integer("disable_by_batch_size", Travel.Flag, "No drafts from this many requests on", min: 1).Shapes("forward passes per token"))
            .Shapes("forward passes per token"),
        Parameter.Flag("enable_lora", Travel.Flag, "Serves LoRA adapters").WithDefault(false).Shapes("adds operations to every layer"),
        Parameter.Integer("max_loras", Travel.Flag, "Adapters in one batch", min: 1).WithDefault(1).Shapes("adapter kernels"),
        Parameter.Integer("max_lora_rank", Travel.Flag, "Highest rank of an adapter", min: 1).WithDefault(16).Shapes("adapter kernels"),
        Parameter.Integer("lora_extra_vocab_size", Travel.Flag, "Extra tokens of an adapter", min: 0).WithDefault(256).Shapes("size of the output layer"),
        Parameter.Flag("fully_sharded_loras", Travel.Flag, "Splits adapters over all GPUs").WithDefault(false).Shapes("work per GPU"),
        Parameter.Integer("offload_group_size", Travel.Flag, "Layers per group of weight offload", min: 0).Shapes("weights over PCIe for each pass"),
        Parameter.Integer("offload_num_in_group", Travel.Flag, "Layers offloaded in each group", min: 1).Shapes("weights over PCIe for each pass"),
        Parameter.Integer("offload_prefetch_step", Travel.Flag, "Groups fetched ahead", min: 0).Shapes("weights over PCIe for each pass"),
        Parameter.Of("offload_params", new ListShape(new TextShape()), Travel.Flag, "Which weights are offloaded").Shapes("weights over PCIe for each pass"),
    ];

    static IEnumerable<Parameter> Requests =>
    [
        Parameter.Integer("n", Travel.Body, "Answers per prompt", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Integer("logprobs", Travel.Body, "Log probabilities returned per token", min: 0, max: 20).Shapes("work per token in sampling"),
        Parameter.Integer("prompt_logprobs", Travel.Body, "Log probabilities returned per prompt token", min: 0, max: 20).Shapes("work in prefill"),
        Parameter.Of("logit_bias", new MapShape(new NumberShape(-100, 100)), Travel.Body, "Bias by token id").Shapes("work per token in sampling"),
        Parameter.Number("presence_penalty", Travel.Body, "Against tokens that have occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Number("frequency_penalty", Travel.Body, "Against tokens by how often they occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Of("stop", new EitherShape([new TextShape(), new ListShape(new TextShape())]), Travel.Body, "Text that ends the answer").Shapes("output length"),
        Parameter.Flag("skip_special_tokens", Travel.Body, "Leaves special tokens out of the text").WithDefault(true).CostsNothing("form of the answer"),
        Parameter.Flag("use_beam_search", Travel.Body, "Beam search with n beams").WithDefault(false).Shapes("sequences per request"),
        Parameter.Number("length_penalty", Travel.Body, "Above 1 favours longer beams").WithDefault(1.0).Shapes("output length under beam search"),
    ];
}
