using System.Text;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Puts together heads of GGUF files byte by byte, right and wrong ones.</summary>
sealed class GgufBytes
{
    readonly List<byte> _bytes = [];

    public static GgufBytes Head(ulong tensors, ulong pairs, uint version = 3) =>
        new GgufBytes().Raw("GGUF"u8).U32(version).U64(tensors).U64(pairs);

    public GgufBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public GgufBytes U32(uint value) => Raw(BitConverter.GetBytes(value));

    public GgufBytes U64(ulong value) => Raw(BitConverter.GetBytes(value));

    public GgufBytes Text(string text) => U64((ulong)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    public GgufBytes Key(string key, GgufValueType type) => Text(key).U32((uint)type);

    /// <summary>A directory entry.</summary>
    public GgufBytes Tensor(string name, uint type, ulong offset, params ulong[] dimensions)
    {
        Text(name).U32((uint)dimensions.Length);
        foreach (var dimension in dimensions)
            U64(dimension);
        return U32(type).U64(offset);
    }

    public GgufBytes PadTo(int alignment)
    {
        while (_bytes.Count % alignment != 0)
            _bytes.Add(0);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    public GgufFile Read(GgufLimits? limits = null) => Read(ToArray(), limits);

    public static GgufFile Read(byte[] bytes, GgufLimits? limits = null) => GgufReader.Read(new MemoryStream(bytes), "model.gguf", limits);
}
