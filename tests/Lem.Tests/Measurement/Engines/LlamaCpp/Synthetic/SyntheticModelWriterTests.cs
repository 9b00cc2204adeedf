using System.Security.Cryptography;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Synthetic;

public class SyntheticModelWriterTests
{
    [Theory]
    [InlineData("synthetic:tiny")]
    [InlineData("synthetic:tiny?dtype=f32")]
    [InlineData("synthetic:tiny?dtype=bf16&tied=true")]
    [InlineData("synthetic:qwen2?layers=2&hidden=64&heads=4&kv_heads=2&ffn=96&vocab=300")]
    public void A_model_reads_back_with_its_tensors_and_predicted_length(string model)
    {
        var shape = SyntheticShape.Parse(model).Shape!;

        var file = GgufBytes.Read(Bytes(model));

        Assert.Equal(SyntheticModelWriter.LengthBytes(shape), file.LengthBytes);
        Assert.Equal(SyntheticTensors.Of(shape).Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(shape.Canonical, file.TextAt(SyntheticModelWriter.ShapeKey));
        Assert.Equal(shape.Layers, file.IntegerAt($"{shape.ArchitectureName}.block_count"));
    }

    // Recorded once; a change here changes every measurement's weights and needs a new GeneratorVersion.
    [Fact]
    public void The_bytes_are_the_same_on_every_machine() =>
        Assert.Equal("68a6feaef5cc40f1c6d0b799b23c52a731ed77b11d43d37c9392c5bc43e852be", Convert.ToHexStringLower(SHA256.HashData(Bytes("synthetic:tiny"))));

    [Fact]
    public void Another_seed_gives_other_weights() =>
        Assert.NotEqual(Bytes("synthetic:tiny"), Bytes("synthetic:tiny?seed=1"));

    [Fact]
    public void The_vocabulary_is_the_bytes_the_space_and_padding()
    {
        var tokens = GgufBytes.Read(Bytes("synthetic:tiny")).ArrayAt("tokenizer.ggml.tokens")!.Items!.Cast<GgufText>().Select(text => text.Value).ToArray();

        Assert.Equal(512, tokens.Length);
        Assert.Equal(["<unk>", "<s>", "</s>", "<0x00>"], tokens[..4]);
        Assert.Equal(["<0xFF>", "\u2581", "<pad_0>"], tokens[258..261]);
        Assert.Equal("<pad_251>", tokens[^1]);
        Assert.Distinct(tokens);
    }

    [Fact]
    public void Weights_have_mean_zero_and_the_variance_of_their_fan_in()
    {
        var values = Tensor("synthetic:tiny?dtype=f32", "blk.0.ffn_up.weight", (data, i) => BitConverter.ToSingle(data, 4 * i), 128 * 448);

        Assert.Equal(0, values.Average(), 3e-3);
        Assert.Equal(1.0 / 128, values.Average(value => value * value), 1e-4);
    }

    [Fact]
    public void Half_precision_and_brain_floats_round_the_same_weights()
    {
        var singles = Tensor("synthetic:tiny?dtype=f32", "token_embd.weight", (data, i) => BitConverter.ToSingle(data, 4 * i), 1000);
        var halves = Tensor("synthetic:tiny?dtype=f16", "token_embd.weight", (data, i) => (float)BitConverter.ToHalf(data, 2 * i), 1000);
        var brain = Tensor("synthetic:tiny?dtype=bf16", "token_embd.weight", (data, i) => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(data, 2 * i) << 16), 1000);

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal((float)(Half)singles[i], halves[i]);
            Assert.Equal(singles[i], brain[i], MathF.Abs(singles[i]) / 256);
        }
    }

    [Fact]
    public void Norms_are_one() =>
        Assert.All(Tensor("synthetic:tiny", "blk.1.attn_norm.weight", (data, i) => BitConverter.ToSingle(data, 4 * i), 128), value => Assert.Equal(1, value));

    [Fact]
    public void A_cancelled_write_stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            SyntheticModelWriter.Write(SyntheticShapes.Find("tiny")!, new MemoryStream(), cancellationToken: new CancellationToken(true)));

    static float[] Tensor(string model, string name, Func<byte[], int, float> decode, int count)
    {
        var bytes = Bytes(model);
        var file = GgufBytes.Read(bytes);
        var tensor = file.Tensors.Single(entry => entry.Name == name);
        var data = bytes.AsSpan((int)(file.DataOffset + tensor.Offset), (int)tensor.Bytes!.Value).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => decode(data, i))];
    }

    static byte[] Bytes(string model)
    {
        var bytes = new MemoryStream();
        SyntheticModelWriter.Write(SyntheticShape.Parse(model).Shape!, bytes);
        return bytes.ToArray();
    }
}
