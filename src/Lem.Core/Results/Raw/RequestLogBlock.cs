using System.Buffers;

namespace Lem.Core.Results.Raw;

/// <summary>Some whole lines of a request log, in a buffer of the shared pool.</summary>
/// <param name="Buffer">Rented; whoever has parsed it gives it back.</param>
/// <param name="FirstLine">Number of its first line in the file, from one.</param>
readonly record struct RequestLogBlock(byte[] Buffer, int Length, long FirstLine)
{
    const int BlockBytes = 256 * 1024;
    const int LongestLineBytes = 64 * 1024 * 1024;

    public ReadOnlySpan<byte> Lines => Buffer.AsSpan(0, Length);

    /// <summary>Cuts a stream at line ends, in memory bounded by the longest line. The last line may lack its end.</summary>
    /// <exception cref="LemException">A line is too long to be one.</exception>
    public static IEnumerable<RequestLogBlock> Cut(Stream stream, string name)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var length = 0;
        long line = 1;
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read > 0 && length < buffer.Length)
                continue;

            var cut = read == 0 ? length : buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (cut == 0 && read == 0)
                break;
            var next = ArrayPool<byte>.Shared.Rent(cut == 0 ? Longer(buffer.Length, name, line) : BlockBytes);
            buffer.AsSpan(cut, length - cut).CopyTo(next);
            length -= cut;
            var block = new RequestLogBlock(buffer, cut, line);
            buffer = next;
            if (cut == 0)
            {
                ArrayPool<byte>.Shared.Return(block.Buffer);
                continue;
            }

            line += block.Lines.Count((byte)'\n');
            yield return block;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    static int Longer(int bytes, string name, long line) => bytes < LongestLineBytes
        ? 2 * bytes
        : throw new LemException($"{name}, line {line}: longer than {LongestLineBytes} bytes", "This is no file of lem.");
}
