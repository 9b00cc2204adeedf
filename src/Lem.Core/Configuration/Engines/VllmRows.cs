using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Flags of <c>vllm serve</c> for scheduling, memory and several GPUs: <c>vllm/engine/arg_utils.py</c> of vLLM 0.24.0.</summary>
static class VllmRows
{
    public static IEnumerable<Parameter> Scheduling =>
    [
        Parameter.Integer("max_num_seqs", Travel.Flag, "Most sequences in one scheduler step", min: 1).Shapes("batch size"),
        Parameter.Integer("max_num_batched_tokens", Travel.Flag, "Most tokens in one scheduler step", min: 1).Shapes("tokens per step"),
        Parameter.Flag("enable_chunked_prefill", Travel.Flag, "Splits long prefills and mixes them with decodes").Shapes("tokens per step"),
        Parameter.Integer("max_num_partial_prefills", Travel.Flag, "Prefills that may be under way at once", min: 1).WithDefault(1).Shapes("tokens per step"),
        Parameter.Integer("max_long_partial_prefills", Travel.Flag, "Long prefills that may be under way at once", min: 1).WithDefault(1).Shapes("tokens per step"),
        Parameter.Integer("long_prefill_token_threshold", Travel.Flag, "From this length a prefill is long; 0 = none", min: 0).WithDefault(0).Shapes("tokens per step"),
        Parameter.Integer("prefill_schedule_interval", Travel.Flag, "Steps from one prefill to the next", min: 1).WithDefault(1).Shapes("tokens per step"),
        Parameter.Flag("scheduler_reserve_full_isl", Travel.Flag, "Lets a request in only when its whole prompt fits the cache").WithDefault(true).Shapes("waiting time and preemptions"),
        Parameter.Number("watermark", Travel.Flag, "Share of the KV cache kept free when requests are let in", min: 0, below: 1).WithDefault(0.0).Shapes("waiting time and preemptions"),
        Parameter.Choice("scheduling_policy", Travel.Flag, "Who goes first", "fcfs", "priority").WithDefault("fcfs").Shapes("waiting time"),
        Parameter.Flag("async_scheduling", Travel.Flag, "Schedules the next step while one runs").Shapes("gaps between steps"),
        Parameter.Integer("stream_interval", Travel.Flag, "Tokens per streamed chunk", min: 1).WithDefault(1).Shapes("work per token outside the GPU"),
        Parameter.Integer("api_server_count", Travel.Flag, "Processes that take requests and hand out tokens", min: 1).Shapes("work per token outside the GPU"),
        Parameter.Integer("renderer_num_workers", Travel.Flag, "Threads that turn requests into tokens", min: 1).WithDefault(1).Shapes("CPU work per request"),
    ];

    public static IEnumerable<Parameter> Memory =>
    [
        Parameter.Number("gpu_memory_utilization", Travel.Flag, "Share of GPU memory the engine takes", above: 0, max: 1).WithDefault(0.92).Shapes("size of the KV cache"),
        Parameter.Integer("kv_cache_memory_bytes", Travel.Flag, "Size of the KV cache per GPU, in place of gpu_memory_utilization", min: 1).Shapes("size of the KV cache"),
        Parameter.Integer("num_gpu_blocks_override", Travel.Flag, "Number of KV blocks", min: 1).Shapes("size of the KV cache"),
        Parameter.Integer("block_size", Travel.Flag, "Tokens per KV block", min: 1).Shapes("attention kernel, fragmentation"),
        Parameter.Choice("kv_cache_dtype", Travel.Flag, "Number format of the KV cache", "auto", "float16", "bfloat16", "fp8", "fp8_e4m3", "fp8_e5m2", "fp8_inc", "fp8_ds_mla", "turboquant_k8v4", "turboquant_4bit_nc", "turboquant_k3v4_nc", "turboquant_3bit_nc", "int8_per_token_head", "fp8_per_token_head", "nvfp4").WithDefault("auto").Shapes("memory traffic of attention"),
        Parameter.Of("kv_cache_dtype_skip_layers", new ListShape(new TextShape()), Travel.Flag, "Layers whose cache keeps the model's format").Shapes("memory traffic of attention"),
        Parameter.Flag("calculate_kv_scales", Travel.Flag, "Computes fp8 scales of the KV cache at run time").WithDefault(false).Shapes("work in attention"),
        Parameter.Flag("enable_prefix_caching", Travel.Flag, "Reuses the KV blocks of equal prefixes").Shapes("skips prefill"),
        Parameter.Choice("prefix_caching_hash_algo", Travel.Flag, "How prefixes are recognised", "sha256", "sha256_cbor", "xxhash", "xxhash_cbor").WithDefault("sha256").Shapes("CPU work per request"),
        Parameter.Flag("kv_sharing_fast_prefill", Travel.Flag, "Skips prefill work in layers that share another's cache").WithDefault(false).Shapes("work in prefill"),
        Parameter.Flag("disable_hybrid_kv_cache_manager", Travel.Flag, "One cache size for all layers, sliding windows included").Shapes("size of the KV cache"),
        Parameter.Number("kv_offloading_size", Travel.Flag, "GiB of host memory for KV blocks", above: 0).Shapes("blocks over PCIe"),
        Parameter.Choice("kv_offloading_backend", Travel.Flag, "What moves KV blocks to the host", "native", "lmcache").WithDefault("native").Shapes("blocks over PCIe"),
        Parameter.Of("kv_transfer_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "Connector that moves KV blocks elsewhere").Shapes("blocks over PCIe or the network"),
        Parameter.Number("cpu_offload_gb", Travel.Flag, "GiB of weights per GPU kept in host memory", min: 0).WithDefault(0.0).Shapes("weights over PCIe for each pass"),
        Parameter.Of("cpu_offload_params", new ListShape(new TextShape()), Travel.Flag, "Which weights cpu_offload_gb may take").Shapes("weights over PCIe for each pass"),
        Parameter.Choice("offload_backend", Travel.Flag, "How weights come from the host", "auto", "uva", "prefetch").WithDefault("auto").Shapes("weights over PCIe for each pass"),
        Parameter.Integer("offload_group_size", Travel.Flag, "Layers per group of weight offload", min: 0).WithDefault(0).Shapes("weights over PCIe for each pass"),
        Parameter.Integer("offload_num_in_group", Travel.Flag, "Layers offloaded in each group", min: 1).WithDefault(1).Shapes("weights over PCIe for each pass"),
        Parameter.Integer("offload_prefetch_step", Travel.Flag, "Groups fetched ahead", min: 0).WithDefault(1).Shapes("weights over PCIe for each pass"),
        Parameter.Of("offload_params", new ListShape(new TextShape()), Travel.Flag, "Which weights are offloaded").Shapes("weights over PCIe for each pass"),
        Parameter.Integer("max_model_len", Travel.Flag, "Longest sequence; not given = max_input_tokens + max_output_tokens", min: 1).Shapes("size of the KV cache"),
        Parameter.Flag("disable_sliding_window", Travel.Flag, "Attends to all tokens within the window's length").WithDefault(false).Shapes("attention span"),
    ];

    public static IEnumerable<Parameter> Parallel =>
    [
        Parameter.Integer("tensor_parallel_size", Travel.Flag, "GPUs that share each layer", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("pipeline_parallel_size", Travel.Flag, "Stages of layers", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("data_parallel_size", Travel.Flag, "Replicas within one server", min: 1).WithDefault(1).Shapes("work per GPU"),
        Parameter.Choice("data_parallel_backend", Travel.Flag, "What starts the replicas", "mp", "ray").WithDefault("mp").Shapes("gaps between steps"),
        Parameter.Integer("prefill_context_parallel_size", Travel.Flag, "GPUs that share each prompt", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Integer("decode_context_parallel_size", Travel.Flag, "GPUs that share each sequence's cache while decoding", min: 1).WithDefault(1).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Choice("dcp_comm_backend", Travel.Flag, "How those GPUs exchange attention", "ag_rs", "a2a").WithDefault("ag_rs").Shapes("traffic between GPUs"),
        Parameter.Integer("dcp_kv_cache_interleave_size", Travel.Flag, "Older name of cp_kv_cache_interleave_size", min: 1).WithDefault(1).Shapes("balance between GPUs"),
        Parameter.Integer("cp_kv_cache_interleave_size", Travel.Flag, "Tokens on one GPU before the next one's turn", min: 1).WithDefault(1).Shapes("balance between GPUs"),
        Parameter.Flag("enable_expert_parallel", Travel.Flag, "Experts spread over GPUs in place of split").WithDefault(false).Shapes("work per GPU, traffic between GPUs"),
        Parameter.Flag("enable_ep_weight_filter", Travel.Flag, "Each rank reads only its own experts").WithDefault(false).Shapes("memory per GPU"),
        Parameter.Choice("all2all_backend", Travel.Flag, "How tokens get to their experts", "naive", "pplx", "deepep_high_throughput", "deepep_low_latency", "deepep_v2", "mori_high_throughput", "mori_low_latency", "nixl_ep", "allgather_reducescatter", "flashinfer_all2allv", "flashinfer_nvlink_two_sided", "flashinfer_nvlink_one_sided").WithDefault("allgather_reducescatter").Shapes("traffic between GPUs"),
        Parameter.Flag("enable_eplb", Travel.Flag, "Balances experts over GPUs at run time").WithDefault(false).Shapes("balance between GPUs"),
        Parameter.Of("eplb_config", new MapShape(new AnyShape { Nullable = true }), Travel.Flag, "How experts are balanced").Shapes("balance between GPUs"),
        Parameter.Choice("expert_placement_strategy", Travel.Flag, "Where experts lie", "linear", "round_robin").WithDefault("linear").Shapes("balance between GPUs"),
        Parameter.Flag("enable_elastic_ep", Travel.Flag, "Number of expert ranks may change").WithDefault(false).Shapes("work per GPU"),
        Parameter.Flag("enable_dbo", Travel.Flag, "Overlaps two half batches: one computes, one communicates").WithDefault(false).Shapes("traffic between GPUs"),
        Parameter.Integer("ubatch_size", Travel.Flag, "Sequences per half batch; 0 = half", min: 0).WithDefault(0).Shapes("batch size"),
        Parameter.Integer("dbo_decode_token_threshold", Travel.Flag, "From this many tokens decodes are halved", min: 0).WithDefault(32).Shapes("batch size"),
        Parameter.Integer("dbo_prefill_token_threshold", Travel.Flag, "From this many tokens prefills are halved", min: 0).WithDefault(512).Shapes("batch size"),
        Parameter.Flag("disable_nccl_for_dp_synchronization", Travel.Flag, "Replicas agree by CPU messages in place of NCCL").Shapes("gaps between steps"),
        Parameter.Choice("distributed_executor_backend", Travel.Flag, "What starts the ranks", "mp", "ray", "uni", "external_launcher").Shapes("gaps between steps"),
        Parameter.Flag("disable_custom_all_reduce", Travel.Flag, "NCCL in place of vLLM's own all-reduce").WithDefault(false).Shapes("traffic between GPUs"),
        Parameter.Flag("numa_bind", Travel.Flag, "Keeps each rank on the socket of its GPU").WithDefault(false).Shapes("memory traffic between sockets"),
        Parameter.Of("numa_bind_nodes", new ListShape(new IntegerShape(Min: 0)), Travel.Flag, "NUMA node of each rank").Shapes("memory traffic between sockets"),
        Parameter.Of("numa_bind_cpus", new ListShape(new TextShape()), Travel.Flag, "CPUs of each rank").Shapes("memory traffic between sockets"),
    ];
}
