namespace Lem.Core.Configuration.Engines;

/// <summary>TensorRT-LLM: the LLM arguments of <c>trtllm-serve</c> (its extra-options YAML), what shapes a built engine, and fields of requests.</summary>
/// <remarks>
/// Names of LlmArgs, KvCacheConfig, SchedulerConfig, QuantConfig, CalibConfig, BuildConfig and CompletionRequest as <c>Universes/tensorrt.json</c>
/// records them. Each backend refuses what the other one takes.
/// </remarks>
public static class TensorRtParameters
{
    public static ParameterTable Table { get; } = new(
        Backend.Tensorrt,
        "tensorrt",
        [.. TensorRtRows.Engine, .. TensorRtRows.Sizes, .. TensorRtRows.PyTorch, .. TensorRtCacheRows.Configs, .. TensorRtBuildRows.All, .. TensorRtRequestRows.All],
        [
            ParameterRule.AtMost("max_input_len", "max_seq_len"),
            ParameterRule.Exclusive("engine_path", "force_rebuild"),
            ParameterRule.Requires("lora_config", "enable_lora"),
            ParameterRule.Requires("attention_dp_config", "enable_attention_dp"),
            .. BuiltEngineOnly(TensorRtBuildRows.All),
            .. PyTorchOnly(TensorRtRows.PyTorch),
            ParameterRule.Warn("quant_config.quant_algo", section =>
                section.Text("quant_config.quant_algo") is "W8A8_SQ_PER_CHANNEL" && !section.IsOn("calib_config")
                    ? "INT8 SmoothQuant without calib_config: activations are scaled by defaults"
                    : null),
            ParameterRule.Warn("kv_cache_config.free_gpu_memory_fraction", section =>
                section.Number("kv_cache_config.free_gpu_memory_fraction") is > 0.95 and var share
                    ? $"above 0.95 the engine may run out of memory, and is {share}"
                    : null),
            new("speculative_config", ConfigSeverity.Error, section =>
                section.IsOn("speculative_config") && section.Text("speculative_config.decoding_type") is null
                    ? "needs decoding_type, which says how tokens are drafted"
                    : null),
            new("kv_cache_config.dtype", ConfigSeverity.Error, section =>
                section.Text("backend") is "tensorrt" && section.Text("kv_cache_config.dtype") is not (null or "auto")
                    ? "is refused by the TensorRT backend: quant_config.kv_cache_quant_algo says it there"
                    : null),
            ParameterRule.Warn("trust_remote_code", section =>
                section.Flag("trust_remote_code") is true ? "runs code that comes with the model" : null),
            ParameterRule.SeveralAnswers,
            EngineEnvironment.Rule,
        ]);

    // Since 1.0 the default backend is PyTorch and nothing is built: it takes the quantisation that a checkpoint brings.
    static IEnumerable<ParameterRule> BuiltEngineOnly(IEnumerable<Parameter> rows) =>
        rows.Select(row => new ParameterRule(row.Name, ConfigSeverity.Error, section =>
            section.Value(row.Name) is not null && section.Text("backend") is not "tensorrt"
                ? "is refused by the PyTorch backend: say tensorrt.backend: tensorrt"
                    + (row.Name is "quant_config" ? ", or name a checkpoint that is quantised already (as nvidia/Llama-3.1-8B-Instruct-FP8)" : "")
                : null));

    static IEnumerable<ParameterRule> PyTorchOnly(IEnumerable<Parameter> rows) =>
        rows.Select(row => new ParameterRule(row.Name, ConfigSeverity.Error, section =>
            section.Value(row.Name) is not null && section.Text("backend") is "tensorrt" ? "is refused by the TensorRT backend (tensorrt.backend)" : null));
}
