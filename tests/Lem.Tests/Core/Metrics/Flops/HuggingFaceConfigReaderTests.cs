using Lem.Core;
using Lem.Core.Metrics.Flops;
using Xunit;

namespace Lem.Tests.Core.Metrics.Flops;

public class HuggingFaceConfigReaderTests
{
    [Fact]
    public void Gemma_2_looks_through_a_window_in_every_second_layer() =>
        Assert.Equal([(4096, 13), (null, 13)], KnownModels.Gemma2.Decoder.Select(layer => (layer.SlidingWindow, layer.Count)));

    [Fact]
    public void A_window_that_is_switched_off_is_none() => Assert.Null(Assert.Single(KnownModels.Qwen25.Decoder).SlidingWindow);

    [Fact]
    public void Layer_types_say_which_layers_have_the_window()
    {
        var (architecture, _) = HuggingFaceConfigReader.Read("""
            {"model_type": "gemma3_text", "hidden_size": 640, "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 1, "head_dim": 256,
             "intermediate_size": 2048, "vocab_size": 262144, "sliding_window": 512,
             "layer_types": ["sliding_attention", "sliding_attention", "full_attention"]}
            """, "config.json");

        Assert.Equal([(512, 2), (null, 1)], architecture!.Decoder.Select(layer => (layer.SlidingWindow, layer.Count)));
        Assert.True(architecture.TiedEmbeddings);
    }

    [Fact]
    public void Experts_have_their_own_width()
    {
        // Qwen3-30B-A3B: 30.5 B parameters, 3.3 B of them active (model card).
        var (architecture, _) = HuggingFaceConfigReader.Read("""
            {"model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48, "num_attention_heads": 32, "num_key_value_heads": 4, "head_dim": 128,
             "intermediate_size": 6144, "moe_intermediate_size": 768, "num_experts": 128, "num_experts_per_tok": 8, "decoder_sparse_step": 1,
             "vocab_size": 151936, "tie_word_embeddings": false}
            """, "config.json");

        Assert.Equal(30.5e9, architecture!.Parameters.Total, 0.05e9);
        Assert.Equal(3.3e9, architecture.Parameters.ActiveNonEmbedding + architecture.Parameters.Embedding, 0.06e9);
    }

    [Fact]
    public void A_model_that_also_sees_keeps_its_language_model_in_text_config()
    {
        var (architecture, _) = HuggingFaceConfigReader.Read("""
            {"model_type": "mistral", "text_config": {"model_type": "mistral", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
             "intermediate_size": 128, "vocab_size": 1000}, "hidden_size": 9}
            """, "config.json");

        Assert.Equal(64, architecture!.Hidden);
    }

    [Theory]
    [InlineData("""{"model_type": "mamba"}""", "model_type 'mamba'")]
    [InlineData("""{"model_type": "deepseek_v3"}""", "model_type 'deepseek_v3'")]
    [InlineData("{}", "model_type ''")]
    [InlineData("""{"model_type": "llama", "hidden_size": 64}""", "lacks one of hidden_size")]
    [InlineData("""{"model_type": "llama", "hidden_size": -1, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9}""", "lacks one of hidden_size")]
    [InlineData("""{"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 9}""", "lacks intermediate_size")]
    [InlineData("""{"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 9999999, "num_attention_heads": 4, "vocab_size": 9}""", "above the limit of 4096")]
    public void What_the_formulas_do_not_cover_gives_a_reason(string json, string expected)
    {
        var (architecture, reason) = HuggingFaceConfigReader.Read(json, "config.json");

        Assert.Null(architecture);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.StartsWith("config.json: not ", Assert.Throws<LemException>(() => HuggingFaceConfigReader.Read(json, "config.json")).Message, StringComparison.Ordinal);
}
