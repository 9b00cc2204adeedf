namespace Lem.Core.Configuration.Engines;

/// <summary>vLLM: arguments of <c>vllm serve</c> and fields of its requests.</summary>
/// <remarks>
/// Names, defaults and choices are those of 0.24.0, which <c>Universes/vllm.json</c> records; what 0.19.1 does not have yet is marked there. A
/// nested mapping travels as one JSON argument, as <c>--speculative-config</c> does.
/// </remarks>
public static class VllmParameters
{
    static readonly long[] _ranks = [1, 8, 16, 32, 64, 128, 256, 320, 512];

    public static ParameterTable Table { get; } = new(
        Backend.Vllm,
        "vllm",
        [
            .. VllmRows.Scheduling, .. VllmRows.Memory, .. VllmRows.Parallel, .. VllmExecutionRows.Execution, .. VllmExecutionRows.Nested,
            .. VllmExecutionRows.Adapters, .. VllmRequestRows.All,
        ],
        [.. Scheduling, .. Memory, .. Drafts, .. Adapters, .. Other]);

    static IEnumerable<ParameterRule> Scheduling =>
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
        ParameterRule.AtMost("max_long_partial_prefills", "max_num_partial_prefills"),
        ParameterRule.Requires("eplb_config", "enable_eplb"),
        ParameterRule.Requires("enable_eplb", "enable_expert_parallel"),
        ParameterRule.Tell("priority", section =>
            section.Number("priority") is not (null or 0) && section.Text("scheduling_policy") is not "priority"
                ? "is refused by the engine without scheduling_policy: priority"
                : null),
    ];

    static IEnumerable<ParameterRule> Memory =>
    [
        ParameterRule.Exclusive("kv_cache_memory_bytes", "num_gpu_blocks_override"),
        ParameterRule.Warn("gpu_memory_utilization", section =>
            section.Number("gpu_memory_utilization") is > 0.95 and var share ? $"above 0.95 the engine may run out of memory, and is {share}" : null),
    ];

    static IEnumerable<ParameterRule> Drafts =>
    [
        new("speculative_config.model", ConfigSeverity.Error, section =>
            section.IsOn("speculative_config") && section.Text("speculative_config.method") is not (null or "ngram" or "ngram_gpu" or "suffix" or "mtp")
            && section.Text("speculative_config.model") is null
                ? $"is required with method {section.Text("speculative_config.method")}"
                : null),
        new("speculative_config.prompt_lookup_min", ConfigSeverity.Error, section =>
            section.Number("speculative_config.prompt_lookup_min") > section.Number("speculative_config.prompt_lookup_max")
                ? "must not exceed prompt_lookup_max"
                : null),
        ParameterRule.Tell("speculative_config", section =>
            section.IsOn("speculative_config") && section.Flag("enforce_eager") is true ? "runs without CUDA graphs, because enforce_eager is on" : null),
    ];

    static IEnumerable<ParameterRule> Adapters =>
    [
        ParameterRule.Requires("max_loras", "enable_lora"),
        ParameterRule.Requires("max_lora_rank", "enable_lora"),
        ParameterRule.Requires("fully_sharded_loras", "enable_lora"),
        new("max_lora_rank", ConfigSeverity.Error, section =>
            section.Integer("max_lora_rank") is { } rank && !_ranks.Contains(rank) ? $"must be one of {string.Join(", ", _ranks)}, but is {rank}" : null),
        ParameterRule.Tell("enable_lora", section =>
            section.Flag("enable_lora") is true && section.Number("tensor_parallel_size") > 1
                ? "LoRA with tensor parallelism: see fully_sharded_loras"
                : null),
    ];

    static IEnumerable<ParameterRule> Other =>
    [
        ParameterRule.Exclusive("attention_backend", "attention_config.backend"),
        ParameterRule.Warn("trust_remote_code", section =>
            section.Flag("trust_remote_code") is true ? "runs code that comes with the model" : null),
        ParameterRule.SeveralAnswers,
        EngineEnvironment.Rule,
    ];
}
