using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

public class GgufModelFactsTests
{
    [Fact]
    public void A_synthetic_model_is_recognised_with_its_dimensions()
    {
        var facts = Facts("synthetic:tiny");

        Assert.Equal(("synthetic:tiny", "llama", 128, 512, 4096), (facts.Name, facts.Family, facts.Hidden, facts.Vocabulary, facts.MaximumContext));
        Assert.Equal(new TransformerLayer(4, 2, 32, 448, Count: 4), Assert.Single(facts.Architecture!.Decoder));
        Assert.False(facts.Architecture.TiedEmbeddings);
        Assert.False(facts.HasChatTemplate);
        Assert.StartsWith("synthetic:llama?layers=4", facts.SyntheticShape, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_counted_from_the_tensors()
    {
        var facts = Facts("synthetic:tiny");

        Assert.Equal(new ParameterCounts(1_016_960, 2 * 128 * 512, 1_016_960 - 2 * 128 * 512, 1_016_960 - 2 * 128 * 512), facts.Parameters);
        Assert.Equal([KeyValuePair.Create("f16", 1_015_808L), KeyValuePair.Create("f32", 9L * 128)], facts.WeightTypes);
    }

    // The known answer of the architecture from the file that lem itself writes of it.
    [Fact]
    public void Flop_of_a_written_shape_are_those_of_the_real_model()
    {
        var shape = SyntheticShapes.Find("qwen2.5-0.5b")!;
        var one = Facts("synthetic:qwen2?layers=1&hidden=896&heads=14&kv_heads=2&ffn=4864&vocab=300&tied=true").Architecture!;

        Assert.Equal(715_653_120, one.LinearFlopPerToken * shape.Layers);
        Assert.Equal(272_269_312, one.HeadFlopPerToken / 300 * shape.Vocabulary);
        Assert.True(one.TiedEmbeddings);
    }

    [Fact]
    public void Experts_that_rest_are_not_active()
    {
        var facts = GgufModelFacts.From(File(Moe(), MoeTensors));

        // Attention 4·64·64, router 64·4, experts 3·64·32 each: two of four work.
        Assert.Equal(16_384 + 256 + 4 * 6_144, facts.Parameters!.NonEmbedding);
        Assert.Equal(16_384 + 256 + 2 * 6_144, facts.Parameters.ActiveNonEmbedding);
        Assert.Equal(2.0 * facts.Parameters.ActiveNonEmbedding, facts.Architecture!.LinearFlopPerToken);
    }

    [Fact]
    public void Layers_may_differ_in_heads_and_width()
    {
        var metadata = Moe();
        metadata.Remove("llama.expert_count");
        metadata["llama.block_count"] = GgufValue.U32(2);
        metadata["llama.attention.head_count_kv"] = GgufValue.Array(GgufValueType.I32, [GgufValue.I32(1), GgufValue.I32(2)]);
        metadata["llama.feed_forward_length"] = GgufValue.Array(GgufValueType.I32, [GgufValue.I32(16), GgufValue.I32(32)]);

        var facts = GgufModelFacts.From(File(metadata, []));

        Assert.Equal([(1, 16), (2, 32)], facts.Architecture!.Decoder.Select(layer => (layer.KeyValueHeads, layer.FeedForward)));
    }

    [Fact]
    public void Weights_the_formulas_do_not_know_refuse_them()
    {
        GgufTensor[] extra = [.. MoeTensors, new("blk.0.ssm_in.weight", GgufTensorType.F16, [64, 64])];

        var facts = GgufModelFacts.From(File(Moe(), extra));

        Assert.Null(facts.Architecture);
        Assert.Contains("the formulas give", facts.ArchitectureReason, StringComparison.Ordinal);
        Assert.NotNull(facts.Parameters);
    }

    [Fact]
    public void A_part_of_a_split_model_has_no_count()
    {
        var metadata = Moe();
        metadata["split.count"] = new GgufInteger(GgufValueType.U16, 3);

        var facts = GgufModelFacts.From(File(metadata, MoeTensors[..2]));

        Assert.Null(facts.Parameters);
        Assert.NotNull(facts.Architecture);
    }

    [Fact]
    public void A_file_that_says_nothing_gives_reasons_and_no_zeros()
    {
        var facts = GgufModelFacts.From(File([], []));

        Assert.Null(facts.Architecture);
        Assert.Null(facts.Parameters);
        Assert.Equal("the file has no general.architecture", facts.ArchitectureReason);
    }

    static readonly GgufTensor[] MoeTensors =
    [
        new("token_embd.weight", GgufTensorType.F16, [64, 100]),
        new("blk.0.attn_q.weight", GgufTensorType.F16, [64, 64]),
        new("blk.0.attn_k.weight", GgufTensorType.F16, [64, 64]),
        new("blk.0.attn_v.weight", GgufTensorType.F16, [64, 64]),
        new("blk.0.attn_output.weight", GgufTensorType.F16, [64, 64]),
        new("blk.0.ffn_gate_inp.weight", GgufTensorType.F32, [64, 4]),
        new("blk.0.ffn_gate_exps.weight", GgufTensorType.F16, [64, 32, 4]),
        new("blk.0.ffn_up_exps.weight", GgufTensorType.F16, [64, 32, 4]),
        new("blk.0.ffn_down_exps.weight", GgufTensorType.F16, [32, 64, 4]),
    ];

    static Dictionary<string, GgufValue> Moe() => new()
    {
        ["general.architecture"] = GgufValue.Text("llama"),
        ["llama.block_count"] = GgufValue.U32(1),
        ["llama.embedding_length"] = GgufValue.U32(64),
        ["llama.attention.head_count"] = GgufValue.U32(4),
        ["llama.feed_forward_length"] = GgufValue.U32(32),
        ["llama.expert_count"] = GgufValue.U32(4),
        ["llama.expert_used_count"] = GgufValue.U32(2),
        ["llama.vocab_size"] = GgufValue.U32(100),
    };

    static GgufModelFacts Facts(string model)
    {
        var bytes = new MemoryStream();
        SyntheticModelWriter.Write(SyntheticShape.Parse(model).Shape!, bytes);
        return GgufModelFacts.From(GgufBytes.Read(bytes.ToArray()));
    }

    static GgufFile File(Dictionary<string, GgufValue> metadata, IReadOnlyList<GgufTensor> tensors)
    {
        var bytes = new MemoryStream();
        GgufWriter.Write(bytes, metadata, tensors, (tensor, data) => data.Write(new byte[tensor.Bytes!.Value]));
        return GgufBytes.Read(bytes.ToArray());
    }
}
