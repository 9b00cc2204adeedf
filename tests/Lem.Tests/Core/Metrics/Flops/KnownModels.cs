using Lem.Core.Metrics.Flops;

namespace Lem.Tests.Core.Metrics.Flops;

/// <summary>The parts of published <c>config.json</c> files that decide the work.</summary>
static class KnownModels
{
    public static readonly ModelArchitecture Gpt2 = Read("""
        {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_positions": 1024, "vocab_size": 50257, "activation_function": "gelu_new"}
        """);

    public static readonly ModelArchitecture Llama2 = Read("""
        {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 32,
         "intermediate_size": 11008, "vocab_size": 32000, "max_position_embeddings": 4096, "tie_word_embeddings": false}
        """);

    public static readonly ModelArchitecture Llama31 = Read("""
        {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "intermediate_size": 14336, "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false}
        """);

    public static readonly ModelArchitecture Mistral = Read("""
        {"model_type": "mistral", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "intermediate_size": 14336, "vocab_size": 32000, "sliding_window": 4096, "tie_word_embeddings": false}
        """);

    public static readonly ModelArchitecture Mixtral = Read("""
        {"model_type": "mixtral", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "intermediate_size": 14336, "vocab_size": 32000, "num_local_experts": 8, "num_experts_per_tok": 2, "sliding_window": null}
        """);

    public static readonly ModelArchitecture Qwen25 = Read("""
        {"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24, "num_attention_heads": 14, "num_key_value_heads": 2,
         "intermediate_size": 4864, "vocab_size": 151936, "sliding_window": 32768, "use_sliding_window": false, "tie_word_embeddings": true}
        """);

    public static readonly ModelArchitecture Gemma2 = Read("""
        {"model_type": "gemma2", "hidden_size": 2304, "num_hidden_layers": 26, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256,
         "intermediate_size": 9216, "vocab_size": 256000, "sliding_window": 4096}
        """);

    public static readonly ModelArchitecture T5 = Read("""
        {"model_type": "t5", "d_model": 512, "d_kv": 64, "d_ff": 2048, "num_layers": 6, "num_decoder_layers": 6, "num_heads": 8, "vocab_size": 32128}
        """);

    static ModelArchitecture Read(string json) =>
        HuggingFaceConfigReader.Read(json, "config.json") is { Architecture: { } architecture } ? architecture : throw new InvalidOperationException(json);
}
