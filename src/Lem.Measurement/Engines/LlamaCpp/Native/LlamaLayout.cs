namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>
/// Tells whether a build lays out its parameter structs as we do, by its own defaults: a field that moved holds another field's default.
/// </summary>
static class LlamaLayout
{
    /// <summary>The fields whose default is not the one of the build these structs were written for, as <c>field found, wanted</c>.</summary>
    public static IReadOnlyList<string> Differences(in LlamaModelParams model, in LlamaContextParams context) =>
    [
        .. from field in (IEnumerable<(string Name, double Found, double Wanted)>)[.. Of(model), .. Of(context)]
           where field.Found != field.Wanted
           select FormattableString.Invariant($"{field.Name} {field.Found}, wanted {field.Wanted}"),
    ];

    // Wanted: llama_model_default_params() and llama_context_default_params() of 0.5.0.
    static (string, double, double)[] Of(in LlamaModelParams p) =>
    [
        ("devices", p.Devices, 0),
        ("tensor_buft_overrides", p.TensorBufferTypeOverrides, 0),
        ("n_gpu_layers", p.GpuLayers, -1),
        ("split_mode", p.SplitMode, 1),
        ("load_mode", p.LoadMode, -1),
        ("lazy_mode", p.LazyMode, 1),
        ("main_gpu", p.MainGpu, 0),
        ("tensor_split", p.TensorSplit, 0),
        ("progress_callback", p.ProgressCallback, 0),
        ("kv_overrides", p.MetadataOverrides, 0),
        ("vocab_only", p.VocabularyOnly, 0),
        ("check_tensors", p.CheckTensors, 0),
        ("use_extra_bufts", p.UseExtraBufferTypes, 1),
        ("no_host", p.NoHost, 0),
        ("no_alloc", p.NoAlloc, 0),
    ];

    static (string, double, double)[] Of(in LlamaContextParams p) =>
    [
        ("n_ctx", p.ContextTokens, 512),
        ("n_batch", p.BatchTokens, 2048),
        ("n_ubatch", p.MicroBatchTokens, 512),
        ("n_seq_max", p.MaxSequences, 1),
        ("n_rs_seq", p.RecurrentSnapshots, 0),
        ("n_outputs_max", p.MaxOutputs, 0),
        ("n_outputs_max_per_seq", p.MaxOutputsPerSequence, 1),
        ("n_threads", p.Threads, 4),
        ("n_threads_batch", p.ThreadsBatch, 4),
        ("rope_scaling_type", p.RopeScalingType, -1),
        ("pooling_type", p.PoolingType, -1),
        ("attention_type", p.AttentionType, -1),
        ("flash_attn_type", p.FlashAttention, -1),
        ("yarn_ext_factor", p.YarnExtFactor, -1),
        ("yarn_attn_factor", p.YarnAttnFactor, -1),
        ("yarn_beta_fast", p.YarnBetaFast, -1),
        ("yarn_beta_slow", p.YarnBetaSlow, -1),
        ("defrag_thold", p.DefragThreshold, -1),
        ("cb_eval", p.EvalCallback, 0),
        ("type_k", p.KeyType, 1),
        ("type_v", p.ValueType, 1),
        ("abort_callback", p.AbortCallback, 0),
        ("embeddings", p.Embeddings, 0),
        ("offload_kqv", p.OffloadKqv, 1),
        ("no_perf", p.NoPerf, 1),
        ("op_offload", p.OpOffload, 1),
        ("swa_full", p.SwaFull, 1),
        ("kv_unified", p.KvUnified, 0),
        ("samplers", p.Samplers, 0),
        ("n_samplers", p.SamplerCount, 0),
        ("ctx_other", p.OtherContext, 0),
    ];
}
