using System.Text.Json.Nodes;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>Every parameter as llama.cpp took it: asked of the context where it can be asked, else what was handed over.</summary>
static class EffectiveParameters
{
    public static JsonObject Of(LlamaLibrary library, LlamaModel model, LlamaContext context, string numa)
    {
        var loading = model.Parameters;
        var computing = context.Parameters;
        return new JsonObject
        {
            ["n_ctx"] = context.Tokens,
            ["n_ctx_seq"] = context.TokensPerRequest,
            ["n_batch"] = context.BatchTokens,
            ["n_ubatch"] = LlamaNative.MicroBatchTokens(context.Handle),
            ["n_seq_max"] = LlamaNative.MaxSequences(context.Handle),
            ["n_threads"] = LlamaNative.Threads(context.Handle),
            ["n_threads_batch"] = LlamaNative.ThreadsBatch(context.Handle),
            ["threads_kept"] = context.HasPersistentThreads,
            ["n_gpu_layers"] = loading.GpuLayers,
            ["split_mode"] = LlamaChoice.SplitMode.NameOf(loading.SplitMode),
            ["main_gpu"] = loading.MainGpu,
            ["load_mode"] = LlamaChoice.LoadMode.NameOf(loading.LoadMode),
            ["use_extra_bufts"] = loading.UseExtraBufferTypes != 0,
            ["check_tensors"] = loading.CheckTensors != 0,
            ["flash_attn"] = LlamaChoice.FlashAttention.NameOf(computing.FlashAttention),
            ["type_k"] = LlamaChoice.CacheType.NameOf(computing.KeyType),
            ["type_v"] = LlamaChoice.CacheType.NameOf(computing.ValueType),
            ["offload_kqv"] = computing.OffloadKqv != 0,
            ["op_offload"] = computing.OpOffload != 0,
            ["kv_unified"] = computing.KvUnified != 0,
            ["swa_full"] = computing.SwaFull != 0,
            ["rope_freq_base"] = computing.RopeFrequencyBase,
            ["rope_freq_scale"] = computing.RopeFrequencyScale,
            ["numa"] = numa,
            ["model"] = model.Description,
            ["n_params"] = model.ParameterCount,
            ["n_ctx_train"] = model.TrainedContext,
            ["chat_template"] = model.HasChatTemplate ? "present, not applied" : "none",
            ["system_info"] = library.SystemInfo.Trim(' ', '|'),
        };
    }
}
