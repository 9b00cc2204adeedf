using System.Buffers.Binary;
using System.Text;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Writes GGUF version 3: the head at once, then each tensor's data as the caller produces it.</summary>
/// <remarks>Format: github.com/ggml-org/ggml, docs/gguf.md. Only one buffer of the stream is in memory, never the model.</remarks>
public static class GgufWriter
{
    /// <summary>Bytes to which the data of each tensor is aligned; the format's default, so no <c>general.alignment</c> is needed.</summary>
    public const int Alignment = 32;

    const int Version = 3;

    /// <summary>Writes a whole file at the stream's position, which must be its start.</summary>
    /// <param name="tensors">Name, type and dimensions; offsets are assigned here, in this order.</param>
    /// <param name="writeData">Writes exactly the bytes of one tensor.</param>
    public static void Write(
        Stream output,
        IReadOnlyDictionary<string, GgufValue> metadata,
        IReadOnlyList<GgufTensor> tensors,
        Action<GgufTensor, Stream> writeData)
    {
        var placed = Place(tensors);
        using var head = HeadOf(metadata, placed);
        head.CopyTo(output);

        var start = output.Position;
        foreach (var tensor in placed)
        {
            Pad(output, start + tensor.Offset);
            writeData(tensor, output);
            var written = output.Position - start - tensor.Offset;
            if (written != tensor.Bytes)
                throw new InvalidOperationException($"{tensor.Name} has {tensor.Bytes} bytes, but {written} were written");
        }
        Pad(output, GgufReader.AlignUp(output.Position, Alignment));
    }

    /// <summary>Length of the file that <see cref="Write"/> makes of these.</summary>
    public static long LengthBytes(IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<GgufTensor> tensors) =>
        FileOf(metadata, tensors).LengthBytes;

    /// <summary>What a reader will find in the file that <see cref="Write"/> makes of these.</summary>
    public static GgufFile FileOf(IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<GgufTensor> tensors)
    {
        var placed = Place(tensors);
        using var head = HeadOf(metadata, placed);
        return new(Version, metadata, placed, head.Length, head.Length + placed.Sum(tensor => GgufReader.AlignUp(SizeOf(tensor), Alignment)));
    }

    static List<GgufTensor> Place(IReadOnlyList<GgufTensor> tensors)
    {
        var placed = new List<GgufTensor>(tensors.Count);
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            placed.Add(tensor with { Offset = offset });
            offset = GgufReader.AlignUp(offset + SizeOf(tensor), Alignment);
        }
        return placed;
    }

    static long SizeOf(GgufTensor tensor) =>
        tensor.Bytes ?? throw new ArgumentException($"{tensor.Name} has the unknown type {tensor.Type.Id}", nameof(tensor));

    static MemoryStream HeadOf(IReadOnlyDictionary<string, GgufValue> metadata, List<GgufTensor> tensors)
    {
        var bytes = new MemoryStream();
        using var head = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true);
        head.Write("GGUF"u8);
        head.Write(Version);
        head.Write((ulong)tensors.Count);
        head.Write((ulong)metadata.Count);
        foreach (var (key, value) in metadata)
        {
            WriteText(head, key);
            head.Write((uint)value.Type);
            WriteValue(head, value);
        }
        foreach (var tensor in tensors)
        {
            WriteText(head, tensor.Name);
            head.Write((uint)tensor.Dimensions.Count);
            foreach (var dimension in tensor.Dimensions)
                head.Write((ulong)dimension);
            head.Write((uint)tensor.Type.Id);
            head.Write((ulong)tensor.Offset);
        }
        head.Flush();
        Pad(bytes, GgufReader.AlignUp(bytes.Position, Alignment));
        bytes.Position = 0;
        return bytes;
    }

    static void WriteValue(BinaryWriter head, GgufValue value)
    {
        switch (value)
        {
            case GgufInteger integer:
                WriteInteger(head, integer);
                break;
            case GgufFloat { Type: GgufValueType.F32 } single:
                head.Write((float)single.Value);
                break;
            case GgufFloat wide:
                head.Write(wide.Value);
                break;
            case GgufBool flag:
                head.Write(flag.Value);
                break;
            case GgufText text:
                WriteText(head, text.Value);
                break;
            case GgufArray { Items: { } items } array:
                head.Write((uint)array.ElementType);
                head.Write((ulong)items.Count);
                foreach (var item in items)
                {
                    if (item.Type != array.ElementType)
                        throw new ArgumentException($"an array of {array.ElementType} holds a {item.Type}", nameof(value));
                    WriteValue(head, item);
                }
                break;
            default:
                throw new ArgumentException($"a value of type {value.Type} without content cannot be written", nameof(value));
        }
    }

    static void WriteInteger(BinaryWriter head, GgufInteger integer)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(bytes, integer.Value);
        var (size, lowest, highest) = Range(integer.Type);
        if (integer.Value < lowest || integer.Value > highest)
            throw new ArgumentException($"{integer.Value} is no {integer.Type}", nameof(integer));
        head.Write(bytes[..size]);
    }

    static (int Bytes, Int128 Lowest, Int128 Highest) Range(GgufValueType type) => type switch
    {
        GgufValueType.U8 => (1, byte.MinValue, byte.MaxValue),
        GgufValueType.I8 => (1, sbyte.MinValue, sbyte.MaxValue),
        GgufValueType.U16 => (2, ushort.MinValue, ushort.MaxValue),
        GgufValueType.I16 => (2, short.MinValue, short.MaxValue),
        GgufValueType.U32 => (4, uint.MinValue, uint.MaxValue),
        GgufValueType.I32 => (4, int.MinValue, int.MaxValue),
        GgufValueType.U64 => (8, ulong.MinValue, ulong.MaxValue),
        GgufValueType.I64 => (8, long.MinValue, long.MaxValue),
        _ => throw new ArgumentException($"{type} is no integer type", nameof(type)),
    };

    static void WriteText(BinaryWriter head, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        head.Write((ulong)bytes.Length);
        head.Write(bytes);
    }

    static void Pad(Stream output, long position)
    {
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        output.Write(zeros[..(int)(position - output.Position)]);
    }
}
