using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

public class GgufReaderTests
{
    [Theory]
    [InlineData(2u)]
    [InlineData(3u)]
    public void A_file_put_together_by_hand_is_read(uint version)
    {
        var file = GgufBytes.Head(tensors: 1, pairs: 2, version)
            .Key("general.architecture", GgufValueType.Text).Text("llama")
            .Key("llama.block_count", GgufValueType.U32).U32(7)
            .Tensor("w.weight", type: 1, offset: 0, 4, 3)
            .PadTo(32).Raw(new byte[24])
            .Read();

        Assert.Equal("llama", file.Architecture);
        Assert.Equal(7, file.IntegerAt("llama.block_count"));
        var tensor = Assert.Single(file.Tensors);
        Assert.Equal((12L, 24L, "f16"), (tensor.Elements, tensor.Bytes!.Value, tensor.Type.Name));
        Assert.Equal(0, file.DataOffset % 32);
    }

    [Fact]
    public void A_quantised_tensor_takes_its_blocks()
    {
        var file = GgufBytes.Head(1, 0).Tensor("w", type: 2, offset: 0, 64, 2).PadTo(32).Raw(new byte[72]).Read();

        Assert.Equal(72, file.Tensors[0].Bytes); // 128 weights in four blocks of 18 bytes
    }

    [Fact]
    public void A_long_vocabulary_is_counted_but_not_kept()
    {
        var bytes = GgufBytes.Head(0, 1).Key("tokenizer.ggml.tokens", GgufValueType.Array).U32((uint)GgufValueType.Text).U64(3)
            .Text("a").Text("b").Text("c");

        var passed = bytes.Read(GgufLimits.Default with { ArrayItems = 2 }).ArrayAt("tokenizer.ggml.tokens");
        var kept = bytes.Read().ArrayAt("tokenizer.ggml.tokens");

        Assert.Equal((3L, null), (passed!.Count, passed.Items));
        Assert.Equal([GgufValue.Text("a"), GgufValue.Text("b"), GgufValue.Text("c")], kept!.Items);
    }

    [Fact]
    public void A_tensor_type_of_the_future_is_counted_without_bytes()
    {
        var tensor = GgufBytes.Head(1, 0).Tensor("w", type: 999, offset: 0, 64).PadTo(32).Raw(new byte[8]).Read().Tensors[0];

        Assert.Equal((64L, null, "type_999"), (tensor.Elements, tensor.Bytes, tensor.Type.Name));
    }

    [Fact]
    public void An_alignment_of_its_own_is_honoured()
    {
        var file = GgufBytes.Head(1, 1).Key("general.alignment", GgufValueType.U32).U32(128)
            .Tensor("w", type: 0, offset: 128, 1).PadTo(128).Raw(new byte[132]).Read();

        Assert.Equal(0, file.DataOffset % 128);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "does not start with the letters GGUF", [] },
        { "does not start with the letters GGUF", "GGML\x03\0\0\0"u8.ToArray() },
        { "its version is 1", GgufBytes.Head(0, 0, version: 1).ToArray() },
        { "big-endian", GgufBytes.Head(0, 0, version: 0x0300_0000).ToArray() },
        { "tensors, above the limit", GgufBytes.Head(ulong.MaxValue, 0).ToArray() },
        { "metadata keys, above the limit", GgufBytes.Head(0, 1UL << 63).ToArray() },
        { "1000 metadata keys announced", GgufBytes.Head(0, 1000).ToArray() },
        { "1000 tensors announced", GgufBytes.Head(1000, 0).ToArray() },
        { "a metadata key is 18446744073709551615 bytes long", GgufBytes.Head(0, 1).U64(ulong.MaxValue).Raw(new byte[8]).ToArray() },
        { "a metadata key of 5000 bytes announced", GgufBytes.Head(0, 1).U64(5000).Raw(new byte[8]).ToArray() },
        { "99 is no type", GgufBytes.Head(0, 1).Key("k", (GgufValueType)99).U64(0).ToArray() },
        { "a bool has the value 7", GgufBytes.Head(0, 1).Key("k", GgufValueType.Bool).Raw([7]).ToArray() },
        { "4611686018427387904 array items announced", GgufBytes.Head(0, 1).Key("k", GgufValueType.Array).U32((uint)GgufValueType.U64).U64(1UL << 62).ToArray() },
        { "stands there twice", GgufBytes.Head(0, 2).Key("k", GgufValueType.U32).U32(1).Key("k", GgufValueType.U32).U32(1).ToArray() },
        { "stands there twice", GgufBytes.Head(2, 0).Tensor("w", 0, 0, 1).Tensor("w", 0, 0, 1).PadTo(32).Raw(new byte[4]).ToArray() },
        { "general.alignment must be a power of two", GgufBytes.Head(0, 1).Key("general.alignment", GgufValueType.U32).U32(48).ToArray() },
        { "has 0 dimensions", GgufBytes.Head(1, 0).Tensor("w", 0, 0).U64(0).ToArray() },
        { "has 5 dimensions", GgufBytes.Head(1, 0).Tensor("w", 0, 0, 1, 1, 1, 1, 1).ToArray() },
        { "has a dimension of 0", GgufBytes.Head(1, 0).Tensor("w", 0, 0, 0).ToArray() },
        { "has a dimension of 4294967296", GgufBytes.Head(1, 0).Tensor("w", 0, 0, 1UL << 32).ToArray() },
        { "elements", GgufBytes.Head(1, 0).Tensor("w", 0, 0, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue).ToArray() },
        { "no multiple of q4_0's 32", GgufBytes.Head(1, 0).Tensor("w", 2, 0, 33).ToArray() },
        { "not aligned to 32 bytes", GgufBytes.Head(1, 0).Tensor("w", 0, 4, 1).PadTo(32).Raw(new byte[32]).ToArray() },
        { "the data of 'w'", GgufBytes.Head(1, 0).Tensor("w", 0, 0, 100).PadTo(32).Raw(new byte[399]).ToArray() },
        { "the data of 'w'", GgufBytes.Head(1, 0).Tensor("w", 0, (ulong)long.MaxValue - 31, 100).PadTo(32).Raw(new byte[400]).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_with_a_file_is_told(string expected, byte[] bytes)
    {
        var failure = Assert.Throws<LemException>(() => GgufBytes.Read(bytes));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("model.gguf: ", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Hint);
    }

    [Theory]
    [InlineData(4_096)]
    [InlineData(0)] // Also where arrays are passed over.
    public void Arrays_nested_too_deep_are_refused(int keptItems)
    {
        var bytes = GgufBytes.Head(0, 1).Key("k", GgufValueType.Array);
        for (var depth = 0; depth < 100_000; depth++)
            bytes.U32((uint)GgufValueType.Array).U64(1);

        var failure = Assert.Throws<LemException>(() => bytes.Read(GgufLimits.Default with { ArrayItems = keptItems }));

        Assert.Contains("nested more than 4 deep", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_long_texts_together_are_refused()
    {
        var bytes = GgufBytes.Head(0, 10);
        for (var i = 0; i < 10; i++)
            bytes.Key($"k{i}", GgufValueType.Text).Text(new string('x', 1000));

        var failure = Assert.Throws<LemException>(() => bytes.Read(GgufLimits.Default with { RetainedBytes = 10_000 }));

        Assert.Contains("takes more than 10000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_escape_sequences_does_not_reach_the_terminal()
    {
        var bytes = GgufBytes.Head(1, 0).Tensor("\u001b[31mred", 0, 0, 0);

        var failure = Assert.Throws<LemException>(() => bytes.Read());

        Assert.DoesNotContain('\u001b', failure.Message);
    }

    [Fact]
    public void A_missing_file_says_so()
    {
        var failure = Assert.Throws<LemException>(() => GgufReader.Read("/nowhere/model.gguf"));

        Assert.Contains("/nowhere/model.gguf: cannot be read", failure.Message, StringComparison.Ordinal);
    }
}
