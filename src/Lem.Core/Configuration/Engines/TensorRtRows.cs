using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>LLM arguments of TensorRT-LLM: parallelism, sizes, and what only its PyTorch backend takes (<c>tensorrt_llm/llmapi/llm_args.py</c>).</summary>
static class TensorRtRows
{
    static readonly MapShape _anyMap = new(new AnyShape { Nullable = true });

    public static IEnumerable<Parameter> Engine =>
    [
        Parameter.Choice("backend", Travel.Flag, "What executes: PyTorch graphs, or a built TensorRT engine", "pytorch", "tensorrt", "_autodeploy").WithDefault("pytorch")
            .Shapes("kernels"),
        Parameter.Integer("tensor_parallel_size", Travel.Load, "GPUs that share each layer", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("pipeline_parallel_size", Travel.Load, "Stages of layers", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Of("pp_partition", new ListShape(new IntegerShape(Min: 1)), Travel.Load, "Layers of each stage").Shapes("work per GPU"),
        Parameter.Integer("context_parallel_size", Travel.Load, "GPUs that share each sequence", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Group("cp_config", Travel.Load, "How they share it",
            Parameter.Choice("cp_type", Travel.Load, "The scheme", "ULYSSES", "STAR", "RING", "HELIX").WithDefault("ULYSSES").Shapes("traffic between GPUs"),
            Parameter.Integer("tokens_per_block", Travel.Load, "Tokens per block (Helix)", min: 1).Shapes("balance between GPUs"),
            Parameter.Flag("use_nccl_for_alltoall", Travel.Load, "NCCL for the exchange (Helix)").Shapes("traffic between GPUs"),
            Parameter.Integer("fifo_version", Travel.Load, "Version of its own exchange (Helix)", min: 1).Shapes("traffic between GPUs"),
            Parameter.Integer("cp_anchor_size", Travel.Load, "Anchor (Star)", min: 1).Shapes("attention span"),
            Parameter.Integer("block_size", Travel.Load, "Tokens per block (Star)", min: 1).Shapes("attention span"))
            .Shapes("traffic between GPUs"),
        Parameter.Integer("moe_cluster_parallel_size", Travel.Load, "Clusters the experts are spread over", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("moe_expert_parallel_size", Travel.Load, "GPUs the experts are spread over", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("moe_tensor_parallel_size", Travel.Load, "GPUs that share each expert", min: 1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Flag("enable_attention_dp", Travel.Load, "Attention by replicas, the rest split").WithDefault(false).Shapes("work per GPU"),
        Parameter.Flag("enable_lm_head_tp_in_adp", Travel.Load, "Splits the output layer even so").WithDefault(false).Shapes("work per GPU"),
        Parameter.Choice("orchestrator_type", Travel.Load, "What starts the ranks; not given = MPI", "rpc", "ray").Shapes("gaps between steps"),
        Parameter.Choice("load_format", Travel.Load, "Form of the weights", "auto", "dummy").WithDefault("auto").CostsNothing("load time only, but dummy weights are labelled"),
        Parameter.Of("model_kwargs", _anyMap, Travel.Load, "Fields laid over the model's own config").Shapes("the architecture itself"),
        Parameter.Integer("num_postprocess_workers", Travel.Load, "Processes that detokenise", min: 0).WithDefault(0).Shapes("work per token outside the GPU"),
        Parameter.Flag("trust_remote_code", Travel.Flag, "Runs code that comes with the model").WithDefault(false).CostsNothing("decides whether it runs, not how"),
        Parameter.Choice("tokenizer_mode", Travel.Load, "Which tokenizer code", "auto", "slow").WithDefault("auto").Shapes("CPU work per request"),
        EngineEnvironment.Row("TRTLLM_ENABLE_PDL"),
    ];

    public static IEnumerable<Parameter> Sizes =>
    [
        Parameter.Integer("max_batch_size", Travel.Load, "Most sequences in one step", min: 1).WithDefault(2048).Shapes("batch size"),
        Parameter.Integer("max_num_tokens", Travel.Load, "Most tokens in one step", min: 1).WithDefault(8192).Shapes("tokens per step"),
        Parameter.Integer("max_input_len", Travel.Load, "Longest prompt", min: 1).WithDefault(1024).Shapes("size of buffers"),
        Parameter.Integer("max_seq_len", Travel.Load, "Longest sequence; not given = max_input_tokens + max_output_tokens", min: 1).Shapes("size of the KV cache"),
        Parameter.Integer("max_beam_width", Travel.Load, "Most beams", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Flag("enable_chunked_prefill", Travel.Load, "Splits long prefills and mixes them with decodes").WithDefault(false).Shapes("tokens per step"),
        Parameter.Flag("gather_generation_logits", Travel.Load, "Keeps the logits of all tokens").WithDefault(false).Shapes("memory traffic per token"),
        Parameter.Flag("enable_lora", Travel.Load, "Serves LoRA adapters").WithDefault(false).Shapes("adds operations to every layer"),
        Parameter.Group("lora_config", Travel.Load, "LoRA adapters",
            Parameter.Of("lora_dir", new ListShape(new TextShape()), Travel.Load, "Adapter folders").Shapes("adds operations to every layer"),
            Parameter.Choice("lora_ckpt_source", Travel.Load, "Who wrote them", "hf", "nemo").WithDefault("hf").CostsNothing("form of the file"),
            Parameter.Of("lora_target_modules", new ListShape(new TextShape()), Travel.Load, "Layers that adapters may change").Shapes("adds operations to every layer"),
            Parameter.Integer("max_lora_rank", Travel.Load, "Highest rank of an adapter", min: 1).WithDefault(64).Shapes("adapter kernels"),
            Parameter.Integer("max_loras", Travel.Load, "Adapters on the GPU", min: 1).Shapes("adapter kernels"),
            Parameter.Integer("max_cpu_loras", Travel.Load, "Adapters in host memory", min: 1).Shapes("adapter swaps"))
            .Shapes("adds operations to every layer"),
    ];

    /// <summary>What the TensorRT backend refuses.</summary>
    public static IEnumerable<Parameter> PyTorch =>
    [
        Parameter.Choice("attn_backend", Travel.Load, "Attention kernels", "TRTLLM", "VANILLA", "FLASHINFER", "FLASHINFER_STAR_ATTENTION").WithDefault("TRTLLM").Shapes("attention kernel"),
        Parameter.Flag("disable_overlap_scheduler", Travel.Load, "Schedules only between steps").WithDefault(false).Shapes("gaps between steps"),
        Parameter.Of("cuda_graph_config", new EitherShape([new BooleanShape(), _anyMap]), Travel.Load, "CUDA graphs: false turns them off, a mapping sets batch_sizes, max_batch_size, enable_padding")
            .Shapes("launch overhead"),
        Parameter.Group("torch_compile_config", Travel.Load, "torch.compile",
            Parameter.Flag("enable_fullgraph", Travel.Load, "One graph for the whole model").WithDefault(true).Shapes("kernel fusion"),
            Parameter.Flag("enable_inductor", Travel.Load, "Inductor's kernels").WithDefault(false).Shapes("kernel fusion"),
            Parameter.Flag("enable_piecewise_cuda_graph", Travel.Load, "CUDA graphs between attention layers").WithDefault(false).Shapes("launch overhead"),
            Parameter.Of("capture_num_tokens", new ListShape(new IntegerShape(Min: 1)), Travel.Load, "Token counts they are captured for").Shapes("launch overhead"),
            Parameter.Flag("enable_userbuffers", Travel.Load, "Buffers registered with NCCL").WithDefault(true).Shapes("traffic between GPUs"),
            Parameter.Integer("max_num_streams", Travel.Load, "CUDA streams", min: 1).WithDefault(1).Shapes("kernels at once"))
            .Shapes("kernel fusion, launch overhead"),
        Parameter.Group("attention_dp_config", Travel.Load, "Balance of attention replicas",
            Parameter.Flag("enable_balance", Travel.Load, "Waits so that all replicas have work").WithDefault(false).Shapes("batch size over time"),
            Parameter.Integer("timeout_iters", Travel.Load, "Steps it waits at most", min: 0).WithDefault(50).Shapes("batch size over time"),
            Parameter.Integer("batching_wait_iters", Travel.Load, "Steps it waits for more", min: 0).WithDefault(10).Shapes("batch size over time"))
            .Shapes("batch size over time"),
        Parameter.Group("moe_config", Travel.Load, "Expert layers",
            Parameter.Choice("backend", Travel.Load, "Kernels", "AUTO", "CUTLASS", "CUTEDSL", "WIDEEP", "TRTLLM", "DEEPGEMM", "VANILLA", "TRITON").WithDefault("AUTO").Shapes("kernels"),
            Parameter.Integer("max_num_tokens", Travel.Load, "Most tokens at once", min: 1).Shapes("tokens per step"),
            Parameter.Of("load_balancer", new EitherShape([new TextShape(), _anyMap]), Travel.Load, "Balances experts over GPUs").Shapes("balance between GPUs"),
            Parameter.Flag("disable_finalize_fusion", Travel.Load, "Separate kernel at the end").WithDefault(false).Shapes("kernel fusion"),
            Parameter.Flag("use_low_precision_moe_combine", Travel.Load, "Fewer bits when outputs are combined").WithDefault(false).Shapes("traffic between GPUs"))
            .Shapes("kernels"),
        Parameter.Of("nvfp4_gemm_config", _anyMap, Travel.Load, "Kernels of NVFP4 layers: allowed_backends").Shapes("kernels"),
        Parameter.Choice("allreduce_strategy", Travel.Load, "How GPUs add up", "AUTO", "NCCL", "UB", "MINLATENCY", "ONESHOT", "TWOSHOT", "LOWPRECISION", "MNNVL", "NCCL_SYMMETRIC").WithDefault("AUTO")
            .Shapes("traffic between GPUs"),
        Parameter.Choice("sampler_type", Travel.Load, "What draws tokens", "auto", "TRTLLMSampler", "TorchSampler").WithDefault("auto").Shapes("work per token in sampling"),
        Parameter.Flag("disable_flashinfer_sampling", Travel.Load, "No FlashInfer when tokens are drawn").WithDefault(false).Shapes("work per token in sampling"),
        Parameter.Flag("sampler_force_async_worker", Travel.Load, "Copies drawn tokens on a thread of its own").WithDefault(false).Shapes("gaps between steps"),
        Parameter.Number("batch_wait_timeout_ms", Travel.Load, "Milliseconds a step waits for a full batch", min: 0).WithDefault(0.0).Shapes("batch size over time"),
        Parameter.Integer("batch_wait_timeout_iters", Travel.Load, "Steps new requests wait for more", min: 0).WithDefault(0).Shapes("batch size over time"),
        Parameter.Number("batch_wait_max_tokens_ratio", Travel.Load, "Share of max_num_tokens they wait for", min: 0, max: 1).WithDefault(0.0).Shapes("batch size over time"),
        Parameter.Flag("enable_autotuner", Travel.Load, "Tries kernels out at start").WithDefault(true).Shapes("kernels"),
        Parameter.Flag("enable_min_latency", Travel.Load, "Kernels for small batches (Llama 4)").WithDefault(false).Shapes("kernels"),
        Parameter.Flag("force_dynamic_quantization", Travel.Load, "Scales found at run time").WithDefault(false).Shapes("work per layer"),
        Parameter.Flag("use_cute_dsl_blockscaling_mm", Travel.Load, "CuTe kernels for fp8 block scales").WithDefault(false).Shapes("kernels"),
        Parameter.Flag("use_cute_dsl_blockscaling_bmm", Travel.Load, "The same for batched products").WithDefault(false).Shapes("kernels"),
        Parameter.Integer("stream_interval", Travel.Load, "Tokens per streamed chunk", min: 1).WithDefault(1).Shapes("work per token outside the GPU"),
        Parameter.Integer("garbage_collection_gen0_threshold", Travel.Load, "Python's collector in the executor", min: 0).WithDefault(20000).Shapes("pauses"),
        Parameter.Of("kv_connector_config", _anyMap, Travel.Load, "Connector that moves KV blocks elsewhere").Shapes("blocks over PCIe or the network"),
    ];
}
