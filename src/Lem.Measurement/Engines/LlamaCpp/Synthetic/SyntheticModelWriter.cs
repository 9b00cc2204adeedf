using System.Runtime.InteropServices;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>Writes a complete GGUF model with dummy weights: same shape and seed, same bytes, on every machine.</summary>
/// <remarks>
/// Weights have variance 1 / fan-in and norms are one, so that activations keep their size through the layers, logits stay small in half precision,
/// and the embedding of the last token does not win every greedy choice in models whose head is the embedding.
/// </remarks>
public static class SyntheticModelWriter
{
    /// <summary>Raised whenever the bytes for a given shape change; part of the name in the cache.</summary>
    public const int GeneratorVersion = 1;

    /// <summary>Metadata key under which a file says from which shape it was made; what carries it is no trained model.</summary>
    public const string ShapeKey = "lem.synthetic.shape";

    const int BufferBytes = 1024 * 1024;

    // Of the biases, as small as trained ones usually are.
    const double BiasDeviation = 0.02;

    public static void Write(
        SyntheticShape shape, string path, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Write(shape, file, progress, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <param name="progress">Told the fraction of bytes written, from 0 to 1, every megabyte.</param>
    public static void Write(
        SyntheticShape shape, Stream output, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var tensors = SyntheticTensors.Of(shape);
        var totalBytes = (double)tensors.Sum(tensor => tensor.Bytes ?? 0);
        var writtenBytes = 0L;
        var buffer = new byte[BufferBytes];

        GgufWriter.Write(output, MetadataOf(shape), tensors, (tensor, stream) =>
        {
            var weights = WeightsOf(tensor, shape.Seed);
            for (var left = tensor.Bytes ?? 0; left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunk = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
                weights(chunk);
                stream.Write(chunk);
                left -= chunk.Length;
                writtenBytes += chunk.Length;
                progress?.Report(writtenBytes / totalBytes);
            }
        });
    }

    /// <summary>Bytes the file of this shape takes.</summary>
    public static long LengthBytes(SyntheticShape shape) => GgufWriter.LengthBytes(MetadataOf(shape), SyntheticTensors.Of(shape));

    /// <summary>What a reader finds in the file of this shape, known without writing it.</summary>
    public static GgufFile FileOf(SyntheticShape shape) => GgufWriter.FileOf(MetadataOf(shape), SyntheticTensors.Of(shape));

    static OrderedDictionary<string, GgufValue> MetadataOf(SyntheticShape shape)
    {
        var family = shape.ArchitectureName;
        var metadata = new OrderedDictionary<string, GgufValue>(StringComparer.Ordinal)
        {
            ["general.architecture"] = GgufValue.Text(family),
            ["general.type"] = GgufValue.Text("model"),
            ["general.name"] = GgufValue.Text(SyntheticShape.Scheme + shape.Name),
            ["general.file_type"] = GgufValue.U32(FileType(shape.DataType)),
            [ShapeKey] = GgufValue.Text(shape.Canonical),
            ["lem.synthetic.generator_version"] = GgufValue.U32(GeneratorVersion),
            [$"{family}.vocab_size"] = Size(shape.Vocabulary),
            [$"{family}.context_length"] = Size(shape.Context),
            [$"{family}.embedding_length"] = Size(shape.Hidden),
            [$"{family}.block_count"] = Size(shape.Layers),
            [$"{family}.feed_forward_length"] = Size(shape.FeedForward),
            [$"{family}.attention.head_count"] = Size(shape.Heads),
            [$"{family}.attention.head_count_kv"] = Size(shape.KeyValueHeads),
            [$"{family}.attention.layer_norm_rms_epsilon"] = GgufValue.F32(shape.NormEpsilon),
            [$"{family}.rope.dimension_count"] = Size(shape.HeadDimension),
            [$"{family}.rope.freq_base"] = GgufValue.F32(shape.RopeBase),
        };
        ByteLevelVocabulary.AddTo(metadata, shape.Vocabulary);
        return metadata;
    }

    static GgufValue Size(int value) => GgufValue.U32((uint)value);

    // enum llama_ftype: what most tensors of the file are.
    static uint FileType(GgufTensorType type) => type.Name switch
    {
        "f32" => 0,
        "f16" => 1,
        _ => 32,
    };

    delegate void WeightSource(Span<byte> destination);

    static WeightSource WeightsOf(GgufTensor tensor, ulong seed)
    {
        if (tensor.Name.EndsWith("_norm.weight", StringComparison.Ordinal))
            return static ones => MemoryMarshal.Cast<byte, float>(ones).Fill(1);

        var deviation = tensor.Dimensions.Count == 1 ? BiasDeviation : 1 / Math.Sqrt(tensor.Dimensions[0]);
        return new UniformWeights(tensor.Type, deviation, seed ^ HashOf(tensor.Name)).Fill;
    }

    /// <summary>FNV-1a, 64 bits: tensors of one model differ, and a tensor does not depend on those before it.</summary>
    static ulong HashOf(string name) =>
        name.Aggregate(0xCBF2_9CE4_8422_2325, (hash, letter) => (hash ^ letter) * 0x0000_0100_0000_01B3);
}
