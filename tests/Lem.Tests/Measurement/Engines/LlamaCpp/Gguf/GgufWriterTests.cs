using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

public class GgufWriterTests
{
    static readonly Dictionary<string, GgufValue> EveryType = new()
    {
        ["u8"] = new GgufInteger(GgufValueType.U8, 255),
        ["i8"] = new GgufInteger(GgufValueType.I8, -128),
        ["u16"] = new GgufInteger(GgufValueType.U16, 65_535),
        ["i16"] = new GgufInteger(GgufValueType.I16, -32_768),
        ["u32"] = new GgufInteger(GgufValueType.U32, uint.MaxValue),
        ["i32"] = new GgufInteger(GgufValueType.I32, int.MinValue),
        ["u64"] = new GgufInteger(GgufValueType.U64, ulong.MaxValue),
        ["i64"] = new GgufInteger(GgufValueType.I64, long.MinValue),
        ["f32"] = new GgufFloat(GgufValueType.F32, 0.1f),
        ["f64"] = new GgufFloat(GgufValueType.F64, 0.1),
        ["bool"] = GgufValue.Bool(true),
        ["text"] = GgufValue.Text("▁grüße"),
    };

    [Fact]
    public void The_bytes_are_those_of_the_specification()
    {
        var output = new MemoryStream();
        GgufWriter.Write(
            output,
            new Dictionary<string, GgufValue> { ["k"] = GgufValue.U32(5) },
            [new GgufTensor("w", GgufTensorType.F32, [1])],
            (_, data) => data.Write(BitConverter.GetBytes(1f)));

        var expected = GgufBytes.Head(tensors: 1, pairs: 1).Key("k", GgufValueType.U32).U32(5).Tensor("w", 0, 0, 1)
            .PadTo(32).Raw(BitConverter.GetBytes(1f)).PadTo(32).ToArray();
        Assert.Equal(expected, output.ToArray());
    }

    [Fact]
    public void Every_type_of_metadata_comes_back()
    {
        var file = RoundTrip(EveryType, []);

        Assert.Equal(EveryType, file.Metadata);
    }

    [Fact]
    public void Arrays_come_back_nested_ones_too()
    {
        var inner = GgufValue.Array(GgufValueType.I32, [GgufValue.I32(-1), GgufValue.I32(2)]);
        var outer = GgufValue.Array(GgufValueType.Array, [inner, inner]);

        var read = RoundTrip(new Dictionary<string, GgufValue> { ["a"] = outer }, []).ArrayAt("a");

        Assert.Equal([GgufValue.I32(-1), GgufValue.I32(2)], Assert.IsType<GgufArray>(read!.Items![1]).Items);
    }

    [Fact]
    public void Each_tensor_starts_aligned_and_the_length_is_known_beforehand()
    {
        GgufTensor[] tensors = [new("a", GgufTensorType.F16, [3]), new("b", GgufTensorType.F32, [5, 2]), new("c", GgufTensorType.BF16, [1])];

        var file = RoundTrip(EveryType, tensors);

        Assert.Equal([0L, 32, 96], file.Tensors.Select(tensor => tensor.Offset));
        Assert.Equal(GgufWriter.LengthBytes(EveryType, tensors), file.LengthBytes);
    }

    [Fact]
    public void A_number_outside_its_type_is_our_bug() =>
        Assert.Throws<ArgumentException>(() => RoundTrip(new Dictionary<string, GgufValue> { ["k"] = new GgufInteger(GgufValueType.U8, 256) }, []));

    [Fact]
    public void Data_of_the_wrong_length_is_our_bug() =>
        Assert.Throws<InvalidOperationException>(() =>
            GgufWriter.Write(new MemoryStream(), EveryType, [new GgufTensor("w", GgufTensorType.F32, [2])], (_, data) => data.Write(new byte[4])));

    static GgufFile RoundTrip(IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<GgufTensor> tensors)
    {
        var bytes = new MemoryStream();
        GgufWriter.Write(bytes, metadata, tensors, (tensor, data) => data.Write(new byte[tensor.Bytes!.Value]));
        return GgufBytes.Read(bytes.ToArray());
    }
}
