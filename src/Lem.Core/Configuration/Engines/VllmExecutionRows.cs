using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Flags of <c>vllm serve</c> for kernels, adapters and drafts: <c>vllm/engine/arg_utils.py</c> and <c>vllm/config</c> of vLLM 0.24.0.</summary>
static class VllmExecutionRows
{
    public static IEnumerable<Parameter> Execution =>
    [
        Parameter.Flag("enforce_eager", Travel.Flag, "No CUDA graphs, no compilation").WithDefault(false).Shapes("launch overhead"),
        Parameter.Integer("optimization_level", Travel.Flag, "How much is compiled and captured", min: 0, max: 3).WithDefault(2).Shapes("kernel fusion, launch overhead"),
        Parameter.Choice("performance_mode", Travel.Flag, "What defaults are chosen for", "balanced", "interactivity", "throughput").WithDefault("balanced").Shapes("tokens per step, kernels"),
        Parameter.Of("compilation_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "torch.compile and CUDA graph settings: mode, cudagraph_mode, …").Shapes("kernel fusion, launch overhead"),
        Parameter.Of("cudagraph_capture_sizes", new ListShape(new IntegerShape(Min: 0)), Travel.Flag, "Batch sizes that CUDA graphs are captured for").Shapes("launch overhead"),
        Parameter.Integer("max_cudagraph_capture_size", Travel.Flag, "Largest batch size that a CUDA graph is captured for", min: 0).Shapes("launch overhead"),
        Parameter.Choice("quantization", Travel.Flag, "How the weights are quantised; not given = the checkpoint's own", "awq", "auto_awq", "fp8", "fbgemm_fp8", "fp_quant", "modelopt", "modelopt_fp4", "modelopt_mxfp8", "modelopt_mixed", "auto_gptq", "gptq", "gptq_marlin", "awq_marlin", "humming", "compressed-tensors", "bitsandbytes", "experts_int8", "quark", "moe_wna16", "torchao", "inc", "mxfp4", "gpt_oss_mxfp4", "deepseek_v4_fp8", "online", "fp8_per_tensor", "fp8_per_block", "fp8_per_channel", "int8_per_channel_weight_only", "mxfp8").Shapes("memory traffic, which matrix units compute"),
        Parameter.Of("quantization_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Formats of linear and expert layers, and what stays as it is").Shapes("memory traffic, which matrix units compute"),
        Parameter.Choice("model_impl", Travel.Flag, "vLLM's own model code, or Transformers'", "auto", "vllm", "transformers", "terratorch").WithDefault("auto").Shapes("kernels"),
        Parameter.Of("hf_overrides", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Fields laid over the model's own config").Shapes("the architecture itself"),
        Parameter.Text("override_attention_dtype", Travel.Flag, "Number format of attention").Shapes("memory traffic of attention"),
        Parameter.Text("attention_backend", Travel.Flag, "FLASH_ATTN, FLASHINFER, TRITON_ATTN, …").Shapes("attention kernel"),
        Parameter.Flag("disable_cascade_attn", Travel.Flag, "No shared-prefix attention kernel").WithDefault(true).Shapes("attention kernel"),
        Parameter.Flag("enable_flashinfer_autotune", Travel.Flag, "Tries FlashInfer's kernels out at start").Shapes("kernels"),
        Parameter.Choice("moe_backend", Travel.Flag, "Kernels of expert layers", "auto", "triton", "deep_gemm", "deep_gemm_mega_moe", "cutlass", "flashinfer_trtllm", "flashinfer_cutlass", "flashinfer_cutedsl", "flashinfer_b12x", "marlin", "humming", "triton_unfused", "aiter", "flydsl", "emulation").WithDefault("auto").Shapes("kernels"),
        Parameter.Choice("linear_backend", Travel.Flag, "Kernels of linear layers", "auto", "cutlass", "flashinfer_cutlass", "flashinfer_cutedsl", "flashinfer_trtllm", "flashinfer_cudnn", "flashinfer_b12x", "marlin", "triton", "deep_gemm", "torch", "aiter", "machete", "fbgemm", "conch", "exllama", "emulation").WithDefault("auto").Shapes("kernels"),
        Parameter.Of("kernel_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Kernel choices").Shapes("kernels"),
        Parameter.Of("ir_op_priority", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Which implementation of an operation comes first").Shapes("kernels"),
        Parameter.Choice("gdn_prefill_backend", Travel.Flag, "Kernels of gated delta networks in prefill", "flashinfer", "triton", "cutedsl").Shapes("kernels"),
        Parameter.Text("mamba_backend", Travel.Flag, "Kernels of state-space layers").Shapes("kernels"),
        Parameter.Choice("mamba_cache_dtype", Travel.Flag, "Number format of the convolution state", "auto", "float32", "float16", "bfloat16").WithDefault("auto").Shapes("memory traffic of state-space layers"),
        Parameter.Choice("mamba_ssm_cache_dtype", Travel.Flag, "Number format of the recurrent state", "auto", "float32", "float16", "bfloat16").WithDefault("auto").Shapes("memory traffic of state-space layers"),
        Parameter.Integer("mamba_block_size", Travel.Flag, "Tokens per block of the state cache", min: 1).Shapes("fragmentation"),
        Parameter.Choice("mamba_cache_mode", Travel.Flag, "How states of prefixes are kept", "all", "align", "none").WithDefault("none").Shapes("skips prefill"),
        Parameter.Flag("enable_mamba_cache_stochastic_rounding", Travel.Flag, "Rounds states at random").WithDefault(false).Shapes("work in state-space layers"),
        Parameter.Integer("mamba_cache_philox_rounds", Travel.Flag, "Rounds of the random numbers for it", min: 0).WithDefault(0).Shapes("work in state-space layers"),
        Parameter.Flag("use_fp64_gumbel", Travel.Flag, "Draws tokens in double precision").WithDefault(false).Shapes("work per token in sampling"),
        Parameter.Choice("logprobs_mode", Travel.Flag, "Which numbers logprobs are", "raw_logits", "raw_logprobs", "processed_logits", "processed_logprobs").WithDefault("raw_logprobs").Shapes("work per token in sampling"),
        Parameter.Flag("enable_return_routed_experts", Travel.Flag, "Returns which experts each token took").WithDefault(false).Shapes("work per token outside the GPU"),
        Parameter.Text("generation_config", Travel.Flag, "Where sampling defaults come from; lem says vllm (the engine's own) unless given").Shapes("output length, work per token in sampling"),
        Parameter.Of("override_generation_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Sampling defaults laid over those").Shapes("output length, work per token in sampling"),
        Parameter.Flag("language_model_only", Travel.Flag, "Leaves the encoders of a multimodal model out").WithDefault(false).Shapes("memory left for the KV cache"),
        Parameter.Of("diffusion_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Denoising of diffusion language models").Shapes("forward passes per token"),
        Parameter.Text("tokenizer_mode", Travel.Flag, "Which tokenizer code").Shapes("CPU work per request"),
        Parameter.Choice("load_format", Travel.Flag, "Form of the weight files", "auto", "hf", "bitsandbytes", "dummy", "fastsafetensors", "instanttensor", "mistral", "modelexpress", "npcache", "pt", "runai_streamer", "runai_streamer_sharded", "safetensors", "sharded_state", "tensorizer")
            .WithDefault("auto").CostsNothing("load time only, but dummy weights are labelled"),
        Parameter.Flag("trust_remote_code", Travel.Flag, "Runs code that comes with the model").WithDefault(false).CostsNothing("decides whether it runs, not how"),
        EngineEnvironment.Row("VLLM_USE_DEEP_GEMM"),
    ];

    public static IEnumerable<Parameter> Adapters =>
    [
        Parameter.Flag("enable_lora", Travel.Flag, "Serves LoRA adapters").Shapes("adds operations to every layer"),
        Parameter.Integer("max_loras", Travel.Flag, "Adapters in one batch", min: 1).WithDefault(1).Shapes("adapter kernels"),
        Parameter.Integer("max_lora_rank", Travel.Flag, "Highest rank of an adapter", min: 1).WithDefault(16).Shapes("adapter kernels"),
        Parameter.Integer("max_cpu_loras", Travel.Flag, "Adapters kept in host memory", min: 1).Shapes("adapter swaps"),
        Parameter.Choice("lora_dtype", Travel.Flag, "Number format of adapters", "auto", "float16", "bfloat16").WithDefault("auto").Shapes("adapter kernels"),
        Parameter.Of("lora_target_modules", new ListShape(new TextShape()), Travel.Flag, "Layers that adapters may change").Shapes("adds operations to every layer"),
        Parameter.Flag("fully_sharded_loras", Travel.Flag, "Splits adapters over all GPUs").WithDefault(false).Shapes("work per GPU"),
        Parameter.Flag("specialize_active_lora", Travel.Flag, "Separate CUDA graphs for steps with and without adapters").WithDefault(false).Shapes("launch overhead"),
        Parameter.Flag("enable_mixed_moe_lora_format", Travel.Flag, "Adapters of expert layers in either form").WithDefault(false).Shapes("adapter kernels"),
    ];

    /// <summary>Mappings, each of which travels as one JSON argument.</summary>
    public static IEnumerable<Parameter> Nested =>
    [
        Parameter.Group("attention_config", Travel.Flag, "Attention kernels",
            Parameter.Text("backend", Travel.Flag, "FLASH_ATTN, FLASHINFER, TRITON_ATTN, …").Shapes("attention kernel"),
            Parameter.Integer("flash_attn_version", Travel.Flag, "Version of FlashAttention", min: 2, max: 4).Shapes("attention kernel"),
            Parameter.Integer("flash_attn_max_num_splits_for_cuda_graph", Travel.Flag, "Splits of FlashDecoding under CUDA graphs", min: 1).Shapes("attention kernel"),
            Parameter.Integer("tq_max_kv_splits_for_cuda_graph", Travel.Flag, "Splits of the TurboQuant kernel under CUDA graphs", min: 1).Shapes("attention kernel"),
            Parameter.Flag("use_prefill_decode_attention", Travel.Flag, "Separate kernels for prefill and decode").Shapes("attention kernel"),
            Parameter.Flag("use_trtllm_attention", Travel.Flag, "TensorRT-LLM's kernels in FlashInfer").Shapes("attention kernel"),
            Parameter.Flag("disable_flashinfer_q_quantization", Travel.Flag, "Queries stay unquantised with an fp8 cache").Shapes("attention kernel"),
            Parameter.Text("mla_prefill_backend", Travel.Flag, "Kernels of latent attention in prefill").Shapes("attention kernel"),
            Parameter.Flag("use_prefill_query_quantization", Travel.Flag, "Quantised queries in prefill").Shapes("attention kernel"),
            Parameter.Flag("use_fp4_indexer_cache", Travel.Flag, "fp4 cache of sparse attention's index").Shapes("attention kernel"),
            Parameter.Choice("indexer_kv_dtype", Travel.Flag, "Number format of that index", "bf16", "fp8", "mxfp4", "nvfp4").Shapes("attention kernel"),
            Parameter.Flag("use_non_causal", Travel.Flag, "Attends to later tokens too").Shapes("attention kernel"),
            Parameter.Integer("flex_attn_block_m", Travel.Flag, "Rows per block of FlexAttention", min: 1).Shapes("attention kernel"),
            Parameter.Integer("flex_attn_block_n", Travel.Flag, "Columns per block of FlexAttention", min: 1).Shapes("attention kernel"),
            Parameter.Integer("flex_attn_q_block_size", Travel.Flag, "Queries per block of its mask", min: 1).Shapes("attention kernel"),
            Parameter.Integer("flex_attn_kv_block_size", Travel.Flag, "Keys per block of its mask", min: 1).Shapes("attention kernel"))
            .Shapes("attention kernel and its memory traffic"),
        Parameter.Group("speculative_config", Travel.Flag, "Speculative decoding",
            Parameter.Choice("method", Travel.Flag, "Where drafts come from", "ngram", "ngram_gpu", "eagle", "eagle3", "medusa", "mlp_speculator", "mtp", "draft_model", "suffix", "dflash").Shapes("forward passes per token"),
            Parameter.Text("model", Travel.Flag, "Draft model").Shapes("forward passes per token"),
            Parameter.Integer("num_speculative_tokens", Travel.Flag, "Tokens drafted at a time", min: 1).Shapes("forward passes per token"),
            Parameter.Of("num_speculative_tokens_per_batch_size", new ListShape(new AnyShape()), Travel.Flag, "Tokens drafted, by batch size").Shapes("forward passes per token"),
            Parameter.Integer("prompt_lookup_min", Travel.Flag, "Shortest n-gram that is looked up", min: 1).Shapes("acceptance of drafts"),
            Parameter.Integer("prompt_lookup_max", Travel.Flag, "Longest n-gram that is looked up", min: 1).Shapes("acceptance of drafts"),
            Parameter.Integer("draft_tensor_parallel_size", Travel.Flag, "GPUs of the draft model", min: 1).Shapes("work per GPU"),
            Parameter.Text("quantization", Travel.Flag, "Quantisation of the draft model").Shapes("memory traffic of drafts"),
            Parameter.Integer("max_model_len", Travel.Flag, "Longest sequence of the draft model", min: 1).Shapes("when drafts stop"),
            Parameter.Flag("enforce_eager", Travel.Flag, "No CUDA graphs for the draft model").Shapes("launch overhead"),
            Parameter.Text("attention_backend", Travel.Flag, "Attention kernels of the draft model").Shapes("attention kernel"),
            Parameter.Text("moe_backend", Travel.Flag, "Expert kernels of the draft model").Shapes("kernels"),
            Parameter.Flag("parallel_drafting", Travel.Flag, "Drafts all tokens in one pass").Shapes("forward passes per token"),
            Parameter.Flag("disable_padded_drafter_batch", Travel.Flag, "No padding of draft batches").Shapes("batch size"),
            Parameter.Flag("use_local_argmax_reduction", Travel.Flag, "Takes the best token on each rank first").Shapes("traffic between GPUs"),
            Parameter.Integer("suffix_decoding_max_tree_depth", Travel.Flag, "Depth of the suffix tree", min: 1).Shapes("acceptance of drafts"),
            Parameter.Integer("suffix_decoding_max_cached_requests", Travel.Flag, "Requests remembered in it", min: 0).Shapes("acceptance of drafts"),
            Parameter.Number("suffix_decoding_max_spec_factor", Travel.Flag, "Tokens drafted per matched token", min: 0).Shapes("forward passes per token"),
            Parameter.Number("suffix_decoding_min_token_prob", Travel.Flag, "Least probability of a drafted token", min: 0, max: 1).Shapes("acceptance of drafts"),
            Parameter.Choice("rejection_sample_method", Travel.Flag, "How drafts are judged", "standard", "synthetic").Shapes("acceptance of drafts"),
            Parameter.Of("synthetic_acceptance_rates", new ListShape(new NumberShape(0, 1)), Travel.Flag, "Rates of acceptance by position, made up").Shapes("acceptance of drafts"),
            Parameter.Number("synthetic_acceptance_length", Travel.Flag, "Tokens accepted per draft, made up", min: 0).Shapes("acceptance of drafts"),
            Parameter.Choice("draft_sample_method", Travel.Flag, "How drafts are drawn", "greedy", "probabilistic").Shapes("acceptance of drafts"))
            .Shapes("forward passes per token"),
    ];
}
