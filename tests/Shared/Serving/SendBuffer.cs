using System.Buffers.Text;

namespace Lem.Tests.Shared.Serving;

/// <summary>Bytes about to be sent, in chunks of HTTP/1.1's chunked transfer. Grows to what it once held and allocates no more.</summary>
sealed class SendBuffer
{
    // "0000001F\r\n": chunk sizes may have leading zeros (RFC 9112, 7.1), so the size can be filled in afterwards.
    const int SizeLine = 10;

    readonly List<int> _ends = [];
    byte[] _bytes = new byte[4096];
    byte[] _event = [];
    int _chunk;

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Count);

    /// <summary>Where packets end; empty = all in one.</summary>
    public IReadOnlyList<int> PacketEnds => _ends;

    public void Clear()
    {
        Count = 0;
        _ends.Clear();
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count += bytes.Length;
    }

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        Count += written;
    }

    public void Append(double number)
    {
        Utf8Formatter.TryFormat(number, Room(40), out var written, new('F', 3));
        Count += written;
    }

    public void Fill(byte value, int count)
    {
        Room(count)[..count].Fill(value);
        Count += count;
    }

    /// <summary>What is appended from here on is one chunk.</summary>
    public void OpenChunk()
    {
        Fill((byte)'0', SizeLine);
        _chunk = Count;
    }

    /// <summary>Ends the chunk, or makes several chunks and packets of it where the wire format says so.</summary>
    public void CloseChunk(WireFormat wire)
    {
        if (wire.CutsEvents)
        {
            var content = _bytes.AsSpan(_chunk, Count - _chunk);
            if (_event.Length < content.Length)
                _event = new byte[content.Length];
            content.CopyTo(_event);
            var length = content.Length;
            Count = _chunk - SizeLine;
            for (int start = 0, end; start < length; start = end)
            {
                end = CutAfter(_event.AsSpan(0, length), start, wire);
                OpenChunk();
                Append(_event.AsSpan(start, end - start));
                EndChunk();
                _ends.Add(Count);
            }
        }
        else
            EndChunk();
    }

    void EndChunk()
    {
        var size = _bytes.AsSpan(_chunk - SizeLine, SizeLine);
        Utf8Formatter.TryFormat(Count - _chunk, size, out _, new('X', 8));
        size[8] = (byte)'\r';
        size[9] = (byte)'\n';
        Append("\r\n"u8);
    }

    static int CutAfter(ReadOnlySpan<byte> content, int start, WireFormat wire)
    {
        var longest = Math.Min(content.Length, start + (wire.CutBytes ?? content.Length));
        if (wire.SplitCharacters)
            for (var i = start; i < longest; i++)
                if (content[i] >= 0xC0) // First byte of a character that has more.
                    return i + 1;
        return longest;
    }

    Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Count < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Count + bytes));
        return _bytes.AsSpan(Count);
    }
}
