using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Nested LLM arguments that both backends of TensorRT-LLM take: cache, scheduler, drafts, adapters' cache.</summary>
static class TensorRtCacheRows
{
    static readonly MapShape _anyMap = new(new AnyShape { Nullable = true });

    public static IEnumerable<Parameter> Configs =>
    [
        Parameter.Group("kv_cache_config", Travel.Load, "The KV cache",
            Parameter.Flag("enable_block_reuse", Travel.Load, "Reuses the blocks of equal prefixes; lem says false unless given").Shapes("skips prefill"),
            Parameter.Flag("enable_partial_reuse", Travel.Load, "Blocks that match in part, too").WithDefault(true).Shapes("skips prefill"),
            Parameter.Flag("copy_on_partial_reuse", Travel.Load, "Copies such blocks while others use them").WithDefault(true).Shapes("skips prefill"),
            Parameter.Number("free_gpu_memory_fraction", Travel.Load, "Share of the memory left after loading", above: 0, max: 1).WithDefault(0.9).Shapes("size of the KV cache"),
            Parameter.Integer("max_gpu_total_bytes", Travel.Load, "Most bytes of the cache; 0 = no limit", min: 0).WithDefault(0).Shapes("size of the KV cache"),
            Parameter.Integer("max_tokens", Travel.Load, "Tokens the cache holds", min: 1).Shapes("size of the KV cache"),
            Parameter.Of("max_attention_window", new ListShape(new IntegerShape(Min: 1)), Travel.Load, "Attention span per layer").Shapes("attention span"),
            Parameter.Integer("sink_token_length", Travel.Load, "First tokens that always stay", min: 0).Shapes("attention span"),
            Parameter.Integer("host_cache_size", Travel.Load, "Bytes of host memory for blocks", min: 0).Shapes("blocks over PCIe"),
            Parameter.Flag("onboard_blocks", Travel.Load, "Copies host blocks back before use").WithDefault(true).Shapes("blocks over PCIe"),
            Parameter.Integer("secondary_offload_min_priority", Travel.Load, "Only blocks above this priority go to the host", min: 0).Shapes("blocks over PCIe"),
            Parameter.Number("cross_kv_cache_fraction", Travel.Load, "Share for cross attention", min: 0, max: 1).Shapes("size of the KV cache"),
            Parameter.Flag("use_uvm", Travel.Load, "Managed memory for the cache").WithDefault(false).Shapes("blocks over PCIe"),
            Parameter.Choice("dtype", Travel.Load, "Number format of the cache", "auto", "fp8", "nvfp4").WithDefault("auto").Shapes("memory traffic of attention"),
            Parameter.Choice("mamba_ssm_cache_dtype", Travel.Load, "Number format of recurrent states", "auto", "float16", "bfloat16", "float32").WithDefault("auto")
                .Shapes("memory traffic of state-space layers"),
            Parameter.Integer("tokens_per_block", Travel.Load, "Tokens per block", min: 1).WithDefault(32).Shapes("attention kernel, fragmentation"),
            Parameter.Flag("use_kv_cache_manager_v2", Travel.Load, "The newer cache manager").WithDefault(false).Shapes("CPU work per step"),
            Parameter.Number("max_util_for_resume", Travel.Load, "Fullest cache at which paused requests go on (its newer manager)", min: 0, max: 1).WithDefault(0.95).Shapes("batch size over time"))
            .Shapes("size and reuse of the KV cache"),
        Parameter.Group("scheduler_config", Travel.Load, "Who goes first",
            Parameter.Choice("capacity_scheduler_policy", Travel.Load, "When a request is let in", "GUARANTEED_NO_EVICT", "MAX_UTILIZATION", "STATIC_BATCH")
                .WithDefault("GUARANTEED_NO_EVICT").Shapes("batch size over time"),
            Parameter.Choice("context_chunking_policy", Travel.Load, "How prefill chunks are shared out", "FIRST_COME_FIRST_SERVED", "EQUAL_PROGRESS").Shapes("tokens per step"),
            Parameter.Choice("waiting_queue_policy", Travel.Load, "Who waits behind whom", "fcfs").WithDefault("fcfs").Shapes("waiting time"),
            Parameter.Group("dynamic_batch_config", Travel.Load, "Adapts the batch size to the load (TensorRT backend)",
                Parameter.Flag("enable_batch_size_tuning", Travel.Load, "Adapts the batch size").WithDefault(true).Shapes("batch size over time"),
                Parameter.Flag("enable_max_num_tokens_tuning", Travel.Load, "Adapts the tokens per step").WithDefault(false).Shapes("tokens per step"),
                Parameter.Integer("dynamic_batch_moving_average_window", Travel.Load, "Requests it looks back on", min: 1).WithDefault(128).Shapes("batch size over time"))
                .Shapes("batch size over time"))
            .Shapes("batch size over time"),
        Parameter.Group("speculative_config", Travel.Load, "Speculative decoding", [.. Drafts]).Shapes("forward passes per token"),
        Parameter.Of("sparse_attention_config", _anyMap, Travel.Load, "Sparse attention: algorithm (rocket, dsa, skip_softmax) and its fields").Shapes("attention span"),
        Parameter.Of("peft_cache_config", _anyMap, Travel.Load, "Cache of adapters").Shapes("adapter swaps"),
    ];

    static IEnumerable<Parameter> Drafts =>
    [
        Parameter.Choice("decoding_type", Travel.Load, "How tokens are drafted", "NGram", "Draft_Target", "Eagle", "Eagle3", "MTP", "PARD", "Medusa", "Lookahead", "AUTO").Shapes("forward passes per token"),
        Parameter.Integer("max_draft_len", Travel.Load, "Tokens drafted at a time", min: 1).Shapes("forward passes per token"),
        Parameter.Text("speculative_model", Travel.Load, "Draft model").Shapes("forward passes per token"),
        Parameter.Integer("max_concurrency", Travel.Load, "No drafts above this batch size", min: 0).Shapes("forward passes per token"),
        Parameter.Of("draft_len_schedule", new MapShape(new IntegerShape(Min: 0)), Travel.Load, "Tokens drafted, by batch size").Shapes("forward passes per token"),
        Parameter.Integer("acceptance_window", Travel.Load, "Requests over which acceptance is judged", min: 0).Shapes("when drafts stop"),
        Parameter.Number("acceptance_length_threshold", Travel.Load, "No more drafts below this acceptance", min: 0).Shapes("when drafts stop"),
        Parameter.Flag("allow_advanced_sampling", Travel.Load, "Drafts beside sampling").WithDefault(false).Shapes("acceptance of drafts"),
        Parameter.Integer("max_matching_ngram_size", Travel.Load, "Longest n-gram that is looked up (NGram)", min: 1).WithDefault(2).Shapes("acceptance of drafts"),
        Parameter.Flag("is_keep_all", Travel.Load, "Keeps all matches (NGram)").WithDefault(true).Shapes("acceptance of drafts"),
        Parameter.Flag("is_use_oldest", Travel.Load, "Takes the oldest match (NGram)").WithDefault(true).Shapes("acceptance of drafts"),
        Parameter.Flag("is_public_pool", Travel.Load, "One pool for all requests (NGram)").WithDefault(true).Shapes("acceptance of drafts"),
        Parameter.Flag("eagle3_one_model", Travel.Load, "Draft and target as one model (Eagle3)").WithDefault(true).Shapes("gaps between steps"),
        Parameter.Integer("num_nextn_predict_layers", Travel.Load, "Prediction modules used (MTP)", min: 1).WithDefault(1).Shapes("forward passes per token"),
        Parameter.Flag("use_relaxed_acceptance_for_thinking", Travel.Load, "Milder acceptance while thinking (MTP)").WithDefault(false).Shapes("acceptance of drafts"),
        Parameter.Integer("relaxed_topk", Travel.Load, "Best tokens that count then (MTP)", min: 1).WithDefault(1).Shapes("acceptance of drafts"),
        Parameter.Number("relaxed_delta", Travel.Load, "Probability they may lag behind (MTP)", min: 0).WithDefault(0.0).Shapes("acceptance of drafts"),
        Parameter.Flag("use_mtp_vanilla", Travel.Load, "Modules one after the other (MTP)").WithDefault(false).Shapes("forward passes per token"),
        Parameter.Integer("num_medusa_heads", Travel.Load, "Heads (Medusa)", min: 1).Shapes("forward passes per token"),
        Parameter.Integer("max_window_size", Travel.Load, "N-grams looked ahead (Lookahead)", min: 1).Shapes("forward passes per token"),
        Parameter.Integer("max_ngram_size", Travel.Load, "Tokens per n-gram (Lookahead)", min: 1).Shapes("forward passes per token"),
        Parameter.Integer("max_verification_set_size", Travel.Load, "N-grams judged (Lookahead)", min: 1).Shapes("forward passes per token"),
    ];
}
