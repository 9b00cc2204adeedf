using Lem.Core.Configuration.Documents;
using static Lem.Core.Configuration.Legacy.LegacyKey;

namespace Lem.Core.Configuration.Legacy;

/// <summary>Old keys of experiment files: the predecessor's first schema (batching_options, gpu_list, …) and its later ones.</summary>
static class ExperimentLegacy
{
    public static IReadOnlyList<LegacyKey> Keys { get; } =
    [
        Renamed("gpu_list", "gpus"),
        Renamed("max_new_tokens", "max_output_tokens"),
        Renamed("query_rate", "traffic_simulation.target_qps"),
        Renamed("model.name", "model_name"),
        Renamed("model.fp_precision", "fp_precision"),
        Renamed("model.revision", "model_revision"),
        Renamed("batching_options.batch_size", "batching.batch_size"),
        Mapped("batching_options.dynamic_batching", "batching.strategy", (true, "dynamic"), (false, "static")),
        Mapped("batching.dynamic_batching", "batching.strategy", (true, "dynamic"), (false, "static")),
        Mapped("dataset.shuffle", "dataset.order", (true, "shuffled"), (false, "as_is")),
        Mapped("prompts.shuffle", "prompts.order", (true, "shuffled"), (false, "as_is")),
        Renamed("decoder_config", "decoder"),
        Mapped("quantization_config.load_in_4bit", "pytorch.load_in_4bit", (false, null)),
        Mapped("quantization_config.load_in_8bit", "pytorch.load_in_8bit", (false, null)),
        Dropped("quantization_config.quantization", "pytorch.load_in_4bit and pytorch.load_in_8bit say it themselves"),
        Dropped("inference_type", "task_type says what the model does, streaming and traffic_simulation how it is asked"),
        Dropped("decode_token_to_text", "save_outputs keeps the text"),
        Dropped("baseline.sample_interval_ms", "idle power is sampled as fast as each sensor has new values; timeseries.sample_interval_ms thins what is stored"),
        Dropped("cycle_id", "cycles are numbered by lem"),
        Dropped("schema_version", "the form of a file is found from its keys"),
        .. PyTorch,
        .. Vllm,
        .. TensorRt,
    ];

    static IEnumerable<LegacyKey> PyTorch =>
    [
        Renamed("pytorch.batch_size", "batching.batch_size"),
        Renamed("pytorch.batching_strategy", "batching.strategy"),
        Renamed("pytorch.max_tokens_per_batch", "batching.max_tokens_per_batch"),
        new("pytorch.parallelism_strategy", "is `num_processes` (data_parallel) or `pytorch.tp_plan` (tensor_parallel) now", TensorParallelPlan),
        new("pytorch.parallelism_degree", "is `num_processes` (data_parallel) or `pytorch.tp_size` (tensor_parallel) now", Degree),
        Renamed("pytorch.min_p", "decoder.min_p"),
        new("pytorch.beam_search.enabled", "is said by `pytorch.num_beams` now", (_, _) => []),
        new("pytorch.beam_search.num_beams", "is `pytorch.num_beams` now", WhenEnabled("pytorch.beam_search", "pytorch.num_beams")),
        new("pytorch.beam_search.length_penalty", "is `pytorch.length_penalty` now", WhenEnabled("pytorch.beam_search", "pytorch.length_penalty")),
        new("pytorch.beam_search.early_stopping", "is `pytorch.early_stopping` now", WhenEnabled("pytorch.beam_search", "pytorch.early_stopping")),
        new("pytorch.beam_search.no_repeat_ngram_size", "is `pytorch.no_repeat_ngram_size` now",
            WhenEnabled("pytorch.beam_search", "pytorch.no_repeat_ngram_size")),
        Renamed("pytorch.assisted_generation.model", "pytorch.assistant_model"),
        new("pytorch.assisted_generation.num_tokens",
            "is `pytorch.num_assistant_tokens` (with a draft model) or `pytorch.prompt_lookup_num_tokens` (without) now", DraftTokens),
        Dropped("pytorch.use_bettertransformer", "attn_implementation: sdpa does what it did"),
    ];

    static IEnumerable<LegacyKey> Vllm =>
    [
        Renamed("vllm.distributed_backend", "vllm.distributed_executor_backend"),
        Mapped("vllm.attention.backend", "vllm.attention_config.backend", ("auto", null)),
        Renamed("vllm.attention.flash_version", "vllm.attention_config.flash_attn_version"),
        Renamed("vllm.attention.disable_sliding_window", "vllm.disable_sliding_window"),
        Renamed("vllm.speculative.model", "vllm.speculative_config.model"),
        Renamed("vllm.speculative.num_tokens", "vllm.speculative_config.num_speculative_tokens"),
        Mapped("vllm.speculative.method", "vllm.speculative_config.method", ("mlp", "mlp_speculator"), ("lookahead", "ngram")),
        Renamed("vllm.speculative.prompt_lookup_min", "vllm.speculative_config.prompt_lookup_min"),
        Renamed("vllm.speculative.prompt_lookup_max", "vllm.speculative_config.prompt_lookup_max"),
        Renamed("vllm.speculative.ngram_max", "vllm.speculative_config.prompt_lookup_max"),
        Renamed("vllm.speculative.draft_tp_size", "vllm.speculative_config.draft_tensor_parallel_size"),
        Renamed("vllm.lora.enabled", "vllm.enable_lora"),
        new("vllm.lora.max_loras", "is `vllm.max_loras` now", WhenEnabled("vllm.lora", "vllm.max_loras")),
        new("vllm.lora.max_rank", "is `vllm.max_lora_rank` now", WhenEnabled("vllm.lora", "vllm.max_lora_rank")),
        Dropped("vllm.lora.extra_vocab_size", "vLLM has removed it: adapters no longer bring tokens of their own"),
        Dropped("vllm.lora_extra_vocab_size", "vLLM has removed it: adapters no longer bring tokens of their own"),
        Renamed("vllm.min_p", "decoder.min_p"),
        Dropped("vllm.best_of", "vLLM has removed it; n gives several answers"),
        Dropped("vllm.swap_space", "vLLM has removed it: what is preempted is computed anew"),
        Dropped("vllm.num_scheduler_steps", "vLLM has removed it; async_scheduling hides the scheduler's time now"),
        Dropped("vllm.max_seq_len_to_capture", "vLLM has removed it; max_cudagraph_capture_size bounds CUDA graphs by batch size"),
        Dropped("vllm.use_beam_search", "vLLM does not stream beam search, and lem times streams"),
        Dropped("vllm.length_penalty", "it shapes beam search, which vLLM does not stream"),
        Dropped("vllm.attention_config.use_cudnn_prefill", "vLLM has removed it; attention_config.mla_prefill_backend chooses"),
        Dropped("vllm.attention_config.disable_flashinfer_prefill", "vLLM has removed it; attention_config.mla_prefill_backend chooses"),
    ];

    static IEnumerable<LegacyKey> TensorRt =>
    [
        Renamed("tensorrt.tp_size", "tensorrt.tensor_parallel_size"),
        Renamed("tensorrt.pp_size", "tensorrt.pipeline_parallel_size"),
        new("tensorrt.max_output_len", "is `max_output_tokens` (per request) and `tensorrt.max_seq_len` (with the prompt) now", SequenceLength),
        Dropped("tensorrt.builder_opt_level", "TensorRT-LLM chooses the optimisation level itself"),
        OfBuiltEngine(Renamed("tensorrt.strongly_typed", "tensorrt.build_config.strongly_typed")),
        OfBuiltEngine(Renamed("tensorrt.multiple_profiles", "tensorrt.build_config.plugin_config.multiple_profiles")),
        OfBuiltEngine(Mapped("tensorrt.kv_cache_type", "tensorrt.build_config.kv_cache_type", ("paged", "PAGED"), ("continuous", "CONTINUOUS"))),
        OfBuiltEngine(Mapped("tensorrt.quantization", "tensorrt.quant_config.quant_algo",
            ("none", null), ("fp8", "FP8"), ("int8_sq", "W8A8_SQ_PER_CHANNEL"), ("int8_weight_only", "W8A16"), ("int4_awq", "W4A16_AWQ"), ("int4_gptq", "W4A16_GPTQ"))),
        OfBuiltEngine(Renamed("tensorrt.calibration.dataset", "tensorrt.calib_config.calib_dataset")),
        OfBuiltEngine(Renamed("tensorrt.calibration.num_samples", "tensorrt.calib_config.calib_batches")),
        OfBuiltEngine(Renamed("tensorrt.calibration.max_length", "tensorrt.calib_config.calib_max_seq_length")),
        Dropped("tensorrt.calibration.split", "the calibration takes the training split"),
        Renamed("tensorrt.enable_chunked_context", "tensorrt.enable_chunked_prefill"),
        Renamed("tensorrt.enable_kv_cache_reuse", "tensorrt.kv_cache_config.enable_block_reuse"),
        Renamed("tensorrt.gpu_memory_utilization", "tensorrt.kv_cache_config.free_gpu_memory_fraction"),
        Renamed("tensorrt.draft_model", "tensorrt.speculative_config.speculative_model"),
        Renamed("tensorrt.num_draft_tokens", "tensorrt.speculative_config.max_draft_len"),
        Renamed("tensorrt.scheduler_config.capacity_scheduling_policy", "tensorrt.scheduler_config.capacity_scheduler_policy"),
        OfBuiltEngine(Renamed("tensorrt.extra_build_args", "tensorrt.build_config")),
        Renamed("tensorrt.extra_runtime_args", "tensorrt.extra"),
    ];

    static IEnumerable<(string Path, ConfigNode Value)> TensorParallelPlan(ConfigNode strategy, ConfigMapping document) =>
        strategy is ConfigScalar { Text: "tensor_parallel" } ? [("pytorch.tp_plan", new ConfigScalar(strategy.Origin, "auto"))] : [];

    static IEnumerable<(string Path, ConfigNode Value)> Degree(ConfigNode degree, ConfigMapping document) =>
        (document.Find("pytorch.parallelism_strategy") as ConfigScalar)?.Text switch
        {
            "tensor_parallel" => [("pytorch.tp_size", degree)],
            "data_parallel" => [("num_processes", degree)],
            _ => [],
        };

    static IEnumerable<(string Path, ConfigNode Value)> DraftTokens(ConfigNode tokens, ConfigMapping document) =>
        document.Find("pytorch.assisted_generation.model") is ConfigScalar { IsNull: false }
            ? [("pytorch.num_assistant_tokens", tokens)]
            : [("pytorch.prompt_lookup_num_tokens", tokens)];

    // The old key bounded the answer alone; the engine's own bounds prompt and answer together.
    static IEnumerable<(string Path, ConfigNode Value)> SequenceLength(ConfigNode length, ConfigMapping document) =>
        length is ConfigScalar { Value: long output } && document.Find("tensorrt.max_input_len") is ConfigScalar { Value: long input }
            ? [("tensorrt.max_seq_len", new ConfigScalar(length.Origin, input + output))]
            : [];

    // The predecessor always built an engine; today's default backend builds none, and refuses what shapes one.
    static LegacyKey OfBuiltEngine(LegacyKey key) => key with
    {
        Translate = (value, document) => key.Translate(value, document).ToList() is { Count: > 0 } translated && document.Find("tensorrt.backend") is null
            ? [.. translated, ("tensorrt.backend", new ConfigScalar(value.Origin, "tensorrt"))]
            : key.Translate(value, document),
    };

    // The predecessor's switch: with `enabled: false` (or left out, its default) the section did nothing.
    static Func<ConfigNode, ConfigMapping, IEnumerable<(string Path, ConfigNode Value)>> WhenEnabled(string section, string now) =>
        (value, document) => document.Find($"{section}.enabled") is ConfigScalar { Value: true } ? [(now, value)] : [];
}
