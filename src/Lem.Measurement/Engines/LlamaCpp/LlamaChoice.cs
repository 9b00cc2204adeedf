namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The names llama.cpp's command line gives to the values of its enums.</summary>
static class LlamaChoice
{
    // enum llama_split_mode
    public static readonly LlamaChoiceTable SplitMode = new("split_mode", ("none", 0), ("layer", 1), ("row", 2));

    // enum llama_load_mode; "read" is LLAMA_LOAD_MODE_NONE: the file is read and not mapped.
    public static readonly LlamaChoiceTable LoadMode = new(
        "load_mode", ("auto", -1), ("read", 0), ("mmap", 1), ("mlock", 2), ("mmap+mlock", 3), ("dio", 4));

    // enum llama_flash_attn_type
    public static readonly LlamaChoiceTable FlashAttention = new("flash_attn", ("auto", -1), ("off", 0), ("on", 1));

    // enum ggml_type, those a KV cache may have
    public static readonly LlamaChoiceTable CacheType = new(
        "type_k and type_v",
        ("f32", 0), ("f16", 1), ("q4_0", 2), ("q4_1", 3), ("q5_0", 6), ("q5_1", 7), ("q8_0", 8), ("iq4_nl", 20), ("bf16", 30));

    // enum ggml_numa_strategy
    public static readonly LlamaChoiceTable Numa = new(
        "numa", ("disabled", 0), ("distribute", 1), ("isolate", 2), ("numactl", 3), ("mirror", 4));
}
