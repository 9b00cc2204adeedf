using System.Numerics;
using System.Text;
using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Reads the head of a GGUF file, version 2 or 3, little-endian, from anywhere: nothing in the file is trusted.</summary>
/// <remarks>
/// Format: github.com/ggml-org/ggml, docs/gguf.md. Memory is bounded by <see cref="GgufLimits"/>, time by the length of the file;
/// whatever is wrong with the content is a <see cref="LemException"/>.
/// </remarks>
public static class GgufReader
{
    const uint Magic = 0x46554747;
    const int MaximumDimensions = 4;

    // The least a metadata pair (key length, type, one byte) and a directory entry (name length, count, type, offset) can take.
    const int MinimumPairBytes = 8 + 4 + 1;
    const int MinimumTensorBytes = 8 + 4 + 4 + 8;

    public static GgufFile Read(string path, GgufLimits? limits = null)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
            return Read(stream, path, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Check the path and its permissions.", e);
        }
    }

    /// <summary>Reads from a seekable stream; <paramref name="name"/> stands for it in messages.</summary>
    public static GgufFile Read(Stream stream, string name, GgufLimits? limits = null)
    {
        limits ??= GgufLimits.Default;
        var cursor = new GgufCursor(stream, name, limits);
        var version = ReadVersion(cursor);
        var tensorCount = cursor.ReadUInt64();
        var pairCount = cursor.ReadUInt64();
        if (tensorCount > (ulong)limits.Tensors)
            throw cursor.Malformed($"it announces {tensorCount} tensors, above the limit of {limits.Tensors}");
        if (pairCount > (ulong)limits.MetadataKeys)
            throw cursor.Malformed($"it announces {pairCount} metadata keys, above the limit of {limits.MetadataKeys}");

        cursor.RequireRoom(pairCount, MinimumPairBytes, "metadata keys");
        var metadata = ReadMetadata(cursor, (int)pairCount, limits);
        var alignment = ReadAlignment(cursor, metadata, limits);
        cursor.RequireRoom(tensorCount, MinimumTensorBytes, "tensors");
        var tensors = ReadDirectory(cursor, (int)tensorCount, limits);
        var dataOffset = AlignUp(cursor.Position, alignment);
        CheckPlaces(cursor, tensors, dataOffset, stream.Length, alignment);
        return new GgufFile(version, metadata, tensors, dataOffset, stream.Length);
    }

    internal static long AlignUp(long position, long alignment) => (position + alignment - 1) / alignment * alignment;

    static int ReadVersion(GgufCursor cursor)
    {
        if (cursor.Remaining < 4 || cursor.ReadUInt32() != Magic)
            throw cursor.Malformed("it does not start with the letters GGUF");
        var version = cursor.ReadUInt32();
        return version switch
        {
            2 or 3 => (int)version,
            0x0200_0000 or 0x0300_0000 => throw cursor.Malformed("it is big-endian"),
            _ => throw cursor.Malformed($"its version is {version}, and this reads versions 2 and 3"),
        };
    }

    static Dictionary<string, GgufValue> ReadMetadata(GgufCursor cursor, int count, GgufLimits limits)
    {
        var values = new GgufValueReader(cursor, limits);
        var metadata = new Dictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = cursor.ReadText(limits.KeyBytes, "a metadata key");
            cursor.Retain(64);
            if (!metadata.TryAdd(key, values.Read()))
                throw cursor.Malformed($"the metadata key {Printable(key)} stands there twice");
        }
        return metadata;
    }

    static int ReadAlignment(GgufCursor cursor, Dictionary<string, GgufValue> metadata, GgufLimits limits)
    {
        if (!metadata.TryGetValue("general.alignment", out var value))
            return GgufWriter.Alignment;
        if (GgufFile.AsLong(value) is { } alignment && alignment > 0 && alignment <= limits.AlignmentBytes && BitOperations.IsPow2(alignment))
            return (int)alignment;
        throw cursor.Malformed($"general.alignment must be a power of two up to {limits.AlignmentBytes}");
    }

    static List<GgufTensor> ReadDirectory(GgufCursor cursor, int count, GgufLimits limits)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<GgufTensor>();
        for (var i = 0; i < count; i++)
        {
            var tensor = ReadTensor(cursor, limits);
            if (!names.Add(tensor.Name))
                throw cursor.Malformed($"the tensor {Printable(tensor.Name)} stands there twice");
            tensors.Add(tensor);
        }
        return tensors;
    }

    static GgufTensor ReadTensor(GgufCursor cursor, GgufLimits limits)
    {
        var name = cursor.ReadText(limits.TensorNameBytes, "a tensor's name");
        cursor.Retain(200);
        var dimensionCount = cursor.ReadUInt32();
        if (dimensionCount is 0 or > MaximumDimensions)
            throw cursor.Malformed($"the tensor {Printable(name)} has {dimensionCount} dimensions, and 1 to {MaximumDimensions} are possible");

        var dimensions = new long[dimensionCount];
        Int128 elements = 1;
        for (var d = 0; d < dimensions.Length; d++)
        {
            var dimension = cursor.ReadUInt64();
            // Four factors below 2^31 fit 128 bits; the product itself must leave room for eight bytes each.
            if (dimension is 0 or > int.MaxValue)
                throw cursor.Malformed($"the tensor {Printable(name)} has a dimension of {dimension}");
            elements *= dimensions[d] = (long)dimension;
        }
        if (elements > long.MaxValue / 8)
            throw cursor.Malformed($"the tensor {Printable(name)} has {elements} elements");

        var type = cursor.ReadUInt32();
        if (type > int.MaxValue)
            throw cursor.Malformed($"the tensor {Printable(name)} has the type {type}");
        var tensorType = GgufTensorType.FromId((int)type);
        if (tensorType.IsKnown && dimensions[0] % tensorType.BlockElements != 0)
        {
            throw cursor.Malformed(
                $"the tensor {Printable(name)} has rows of {dimensions[0]}, no multiple of {tensorType.Name}'s {tensorType.BlockElements}");
        }

        var offset = cursor.ReadUInt64();
        if (offset > long.MaxValue)
            throw cursor.Malformed($"the tensor {Printable(name)} lies at offset {offset}");
        return new GgufTensor(name, tensorType, dimensions, (long)offset);
    }

    static void CheckPlaces(GgufCursor cursor, List<GgufTensor> tensors, long dataOffset, long length, int alignment)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Offset % alignment != 0)
                throw cursor.Malformed($"the tensor {Printable(tensor.Name)} is not aligned to {alignment} bytes");
            // A type this version does not know takes at least one bit per element.
            var end = (Int128)dataOffset + tensor.Offset + (tensor.Bytes ?? tensor.Elements / 8);
            if (end > length)
                throw cursor.Truncated($"the data of {Printable(tensor.Name)}, up to byte {end} of {length},");
        }
    }

    /// <summary>A name out of the file, fit for a terminal: short, and without control characters.</summary>
    static string Printable(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name.Length > 80 ? name[..80] : name)
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return $"'{text}'";
    }
}
