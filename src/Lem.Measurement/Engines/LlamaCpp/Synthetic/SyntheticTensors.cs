using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>The tensors of a shape, named and laid out as llama.cpp expects them: <c>[in, out]</c>, norms and biases in single precision.</summary>
static class SyntheticTensors
{
    public static IReadOnlyList<GgufTensor> Of(SyntheticShape shape) => [.. Enumerate(shape)];

    static IEnumerable<GgufTensor> Enumerate(SyntheticShape shape)
    {
        yield return Matrix("token_embd", shape.Hidden, shape.Vocabulary);
        yield return Vector("output_norm.weight", shape.Hidden);
        if (!shape.Tied)
            yield return Matrix("output", shape.Hidden, shape.Vocabulary);

        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var block = $"blk.{layer}.";
            yield return Vector(block + "attn_norm.weight", shape.Hidden);
            yield return Matrix(block + "attn_q", shape.Hidden, shape.Hidden);
            yield return Matrix(block + "attn_k", shape.Hidden, shape.KeyValueWidth);
            yield return Matrix(block + "attn_v", shape.Hidden, shape.KeyValueWidth);
            yield return Matrix(block + "attn_output", shape.Hidden, shape.Hidden);
            if (shape.Family == SyntheticFamily.Qwen2)
            {
                yield return Vector(block + "attn_q.bias", shape.Hidden);
                yield return Vector(block + "attn_k.bias", shape.KeyValueWidth);
                yield return Vector(block + "attn_v.bias", shape.KeyValueWidth);
            }
            yield return Vector(block + "ffn_norm.weight", shape.Hidden);
            yield return Matrix(block + "ffn_gate", shape.Hidden, shape.FeedForward);
            yield return Matrix(block + "ffn_up", shape.Hidden, shape.FeedForward);
            yield return Matrix(block + "ffn_down", shape.FeedForward, shape.Hidden);
        }

        GgufTensor Matrix(string name, long input, long output) => new(name + ".weight", shape.DataType, [input, output]);

        static GgufTensor Vector(string name, long length) => new(name, GgufTensorType.F32, [length]);
    }
}
