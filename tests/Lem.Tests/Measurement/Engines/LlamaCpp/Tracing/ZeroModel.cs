using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>Small models of architectures that the synthetic shapes do not have, every weight zero: only the shapes of their graphs matter.</summary>
static class ZeroModel
{
    const int Hidden = 256;
    const int FeedForward = 1024;
    const int Layers = 2;
    const int Heads = 4;
    const int Vocabulary = 300;

    /// <summary>Llama with four experts, two of which work on a token, and half as many key-value heads as heads.</summary>
    public static void WriteMixture(string path) => Write(
        path,
        "llama",
        keyValueHeads: 2,
        metadata =>
        {
            metadata["llama.expert_count"] = GgufValue.U32(4);
            metadata["llama.expert_used_count"] = GgufValue.U32(2);
            metadata["llama.attention.layer_norm_rms_epsilon"] = GgufValue.F32(1e-5f);
            metadata["llama.rope.dimension_count"] = GgufValue.U32(Hidden / Heads);
        },
        [
            new("attn_norm.weight", Hidden), new("attn_q.weight", Hidden, Hidden), new("attn_k.weight", Hidden, Hidden / 2),
            new("attn_v.weight", Hidden, Hidden / 2), new("attn_output.weight", Hidden, Hidden), new("ffn_norm.weight", Hidden),
            new("ffn_gate_inp.weight", Hidden, 4), new("ffn_gate_exps.weight", Hidden, FeedForward, 4),
            new("ffn_up_exps.weight", Hidden, FeedForward, 4), new("ffn_down_exps.weight", FeedForward, Hidden, 4),
        ],
        [new("token_embd.weight", Hidden, Vocabulary), new("output_norm.weight", Hidden), new("output.weight", Hidden, Vocabulary)]);

    /// <summary>GPT-2: a feed-forward block without a gate, learned positions, biases everywhere.</summary>
    public static void WritePlain(string path) => Write(
        path,
        "gpt2",
        keyValueHeads: Heads,
        metadata => metadata["gpt2.attention.layer_norm_epsilon"] = GgufValue.F32(1e-5f),
        [
            new("attn_norm.weight", Hidden), new("attn_norm.bias", Hidden), new("attn_qkv.weight", Hidden, 3 * Hidden), new("attn_qkv.bias", 3 * Hidden),
            new("attn_output.weight", Hidden, Hidden), new("attn_output.bias", Hidden), new("ffn_norm.weight", Hidden), new("ffn_norm.bias", Hidden),
            new("ffn_up.weight", Hidden, FeedForward), new("ffn_up.bias", FeedForward), new("ffn_down.weight", FeedForward, Hidden),
            new("ffn_down.bias", Hidden),
        ],
        [
            new("token_embd.weight", Hidden, Vocabulary), new("position_embd.weight", Hidden, 2048), new("output_norm.weight", Hidden),
            new("output_norm.bias", Hidden), new("output.weight", Hidden, Vocabulary),
        ]);

    sealed record Matrix(string Name, params long[] Sizes);

    static void Write(
        string path, string family, int keyValueHeads, Action<OrderedDictionary<string, GgufValue>> more, Matrix[] perLayer, Matrix[] others)
    {
        var metadata = new OrderedDictionary<string, GgufValue>(StringComparer.Ordinal)
        {
            ["general.architecture"] = GgufValue.Text(family),
            [$"{family}.vocab_size"] = GgufValue.U32(Vocabulary),
            [$"{family}.context_length"] = GgufValue.U32(2048),
            [$"{family}.embedding_length"] = GgufValue.U32(Hidden),
            [$"{family}.block_count"] = GgufValue.U32(Layers),
            [$"{family}.feed_forward_length"] = GgufValue.U32(FeedForward),
            [$"{family}.attention.head_count"] = GgufValue.U32(Heads),
            [$"{family}.attention.head_count_kv"] = GgufValue.U32((uint)keyValueHeads),
        };
        more(metadata);
        ByteLevelVocabulary.AddTo(metadata, Vocabulary);
        List<GgufTensor> tensors =
        [
            .. others.Select(matrix => new GgufTensor(matrix.Name, GgufTensorType.F32, matrix.Sizes)),
            .. from layer in Enumerable.Range(0, Layers)
               from matrix in perLayer
               select new GgufTensor($"blk.{layer}.{matrix.Name}", GgufTensorType.F32, matrix.Sizes),
        ];
        using var file = File.Create(path);
        GgufWriter.Write(file, metadata, tensors, static (tensor, stream) => stream.Write(new byte[(int)(tensor.Bytes ?? 0)]));
    }
}
