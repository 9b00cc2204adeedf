using System.Buffers.Binary;
using System.Text;
using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Reads little-endian values forward through a file of known length; every shortage is a <see cref="LemException"/>.</summary>
sealed class GgufCursor(Stream stream, string name, GgufLimits limits)
{
    readonly byte[] _scratch = new byte[8];
    readonly long _length = stream.Length;
    long _retainedBytes;

    public long Position { get; private set; }

    public long Remaining => _length - Position;

    public byte ReadByte() => Read(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Read(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Read(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Read(8));

    /// <summary>A length-prefixed UTF-8 text of at most <paramref name="limitBytes"/>; what is not UTF-8 becomes U+FFFD.</summary>
    public string ReadText(int limitBytes, string what)
    {
        var length = ReadUInt64();
        if (length > (ulong)limitBytes)
            throw Malformed($"{what} is {length} bytes long, above the limit of {limitBytes}");
        if ((long)length > Remaining)
            throw Truncated($"{what} of {length} bytes");

        Retain(64 + 2 * (long)length);
        var bytes = new byte[(int)length];
        stream.ReadExactly(bytes);
        Position += bytes.Length;
        return Encoding.UTF8.GetString(bytes);
    }

    public void SkipText(string what)
    {
        var length = ReadUInt64();
        if (length > (ulong)Remaining)
            throw Truncated($"{what} of {length} bytes");
        Skip((long)length);
    }

    public void Skip(long bytes)
    {
        if (bytes > Remaining)
            throw Truncated($"{bytes} bytes");
        Position += bytes;
        stream.Seek(Position, SeekOrigin.Begin);
    }

    /// <summary>Refuses a count before anything is allocated by it: so many items of this size are not left in the file.</summary>
    public void RequireRoom(ulong count, int minimumBytesEach, string what)
    {
        if (count > (ulong)(Remaining / minimumBytesEach))
            throw Truncated($"{count} {what}");
    }

    /// <summary>Counts memory that the result will hold, and refuses the file where it becomes too much.</summary>
    public void Retain(long bytes)
    {
        _retainedBytes += bytes;
        if (_retainedBytes > limits.RetainedBytes)
            throw Malformed($"its metadata takes more than {limits.RetainedBytes} bytes");
    }

    public LemException Malformed(string problem) => new(
        $"{name}: not a usable GGUF file: {problem} (near byte {Position})",
        "The file is damaged or no GGUF model; download or create it again.");

    public LemException Truncated(string wanted) => new(
        $"{name}: the GGUF file ends early: {wanted} announced near byte {Position}, but only {Remaining} bytes are left",
        "The download or copy was probably cut short; fetch the file again.");

    ReadOnlySpan<byte> Read(int bytes)
    {
        if (bytes > Remaining)
            throw Truncated($"{bytes} bytes");
        var span = _scratch.AsSpan(0, bytes);
        stream.ReadExactly(span);
        Position += bytes;
        return span;
    }
}
