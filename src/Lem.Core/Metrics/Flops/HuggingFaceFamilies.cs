namespace Lem.Core.Metrics.Flops;

/// <summary>What the families of Transformers (<c>model_type</c>) leave unsaid in their <c>config.json</c>.</summary>
static class HuggingFaceFamilies
{
    static readonly HashSet<string> Plain =
    [
        "biogpt", "bloom", "codegen", "falcon", "gpt2", "gpt_bigcode", "gpt_neo", "gpt_neox", "gptj", "mpt", "nemotron", "opt", "persimmon", "phi",
        "starcoder2", "xglm",
    ];

    static readonly HashSet<string> Gated =
    [
        "apertus", "cohere", "cohere2", "ernie4_5", "exaone4", "gemma", "gemma2", "gemma3", "gemma3_text", "glm", "glm4", "gpt_oss", "granite",
        "granitemoe", "helium", "hunyuan_v1_dense", "internlm2", "llama", "ministral", "mistral", "mixtral", "olmo", "olmo2", "olmo3", "olmoe", "phi3",
        "phimoe", "qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "seed_oss", "smollm3", "stablelm",
    ];

    static readonly HashSet<string> PlainButUntied = ["codegen", "gpt_neox", "gptj", "nemotron", "persimmon", "phi"];
    static readonly HashSet<string> GatedButTied = ["cohere", "cohere2", "gemma", "gemma2", "gemma3", "gemma3_text"];

    /// <summary>Whether the feed-forward block has a gate; null for a family to which the formulas are not known to apply.</summary>
    public static bool? IsGated(string family) => Gated.Contains(family) ? true : Plain.Contains(family) ? false : null;

    /// <summary>Whether the head is the embedding where <c>tie_word_embeddings</c> is missing.</summary>
    public static bool TiesByDefault(string family) =>
        Plain.Contains(family) ? !PlainButUntied.Contains(family) : GatedButTied.Contains(family);

    /// <summary>Rows of the learned position embedding; 0 for rotary, relative and linear positions.</summary>
    public static int LearnedPositions(string family, HuggingFaceConfig config) =>
        family is "gpt2" or "gpt_bigcode" or "gpt_neo" or "opt" or "biogpt" ? config.Size("n_positions", "max_position_embeddings") ?? 0 : 0;

    /// <summary>Heads of keys and values, or null for as many as there are heads.</summary>
    public static int? KeyValueHeads(string family, HuggingFaceConfig config) => family switch
    {
        "falcon" when config.Flag("new_decoder_architecture") == true => config.Size("num_kv_heads"),
        "falcon" or "gpt_bigcode" => config.Flag("multi_query") != false ? 1 : null,
        _ => config.Size("num_key_value_heads"),
    };
}
