using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Lem.Tests.Shared.Serving;

/// <summary>Reads the HTTP/1.1 requests of one connection, with bodies of known length and in chunks.</summary>
sealed class HttpRequestReader(Socket socket)
{
    const int LongestBody = 256 << 20;

    byte[] _buffer = new byte[4096];
    int _start;
    int _end;

    /// <summary>The next request; null where the client has left or speaks no HTTP.</summary>
    public async Task<HttpRequest?> ReadAsync()
    {
        try
        {
            return await ReadRequestAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or FormatException)
        {
            return null;
        }
    }

    async Task<HttpRequest?> ReadRequestAsync()
    {
        int length;
        while ((length = Unread.Span.IndexOf("\r\n\r\n"u8)) < 0)
            if (!await FillAsync())
                return null;
        var head = HttpHead.Parse(Unread.Span[..length]);
        _start += length + 4;
        var body = head.Chunked ? await ReadChunksAsync() : await ReadBodyAsync(head.ContentLength);
        return body is { } bytes ? new(head.Method, head.Path, head.Authorization, head.RequestId, head.KeepAlive, bytes) : null;
    }

    async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(int length)
    {
        while (_end - _start < length)
            if (!await FillAsync())
                return null;
        _start += length;
        return _buffer.AsMemory(_start - length, length);
    }

    async Task<ReadOnlyMemory<byte>?> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            int line;
            while ((line = Unread.Span.IndexOf("\r\n"u8)) < 0)
                if (!await FillAsync())
                    return null;
            if (!Utf8Parser.TryParse(Unread.Span[..line], out int size, out _, 'X') || size < 0 || body.Length + size > LongestBody)
                throw new FormatException("not a chunk");
            _start += line + 2;
            if (await ReadBodyAsync(size + 2) is not { } chunk) // With the line end behind it.
                return null;
            if (size == 0)
                return body.GetBuffer().AsMemory(0, (int)body.Length);
            body.Write(chunk.Span[..size]);
        }
    }

    ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            Unread.Span.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length > LongestBody)
                throw new FormatException("too long");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>The lines above a body.</summary>
    readonly record struct HttpHead(
        string Method, string Path, int ContentLength, bool Chunked, bool KeepAlive, string? Authorization, string? RequestId)
    {
        public static HttpHead Parse(ReadOnlySpan<byte> head)
        {
            var text = Encoding.Latin1.GetString(head);
            var lines = text.AsSpan().Split("\r\n");
            lines.MoveNext();
            var first = text[lines.Current].Split(' ');
            if (first is not [var method, var target, ..])
                throw new FormatException("not a request line");
            var parsed = new HttpHead(method, target.Split('?')[0], 0, false, true, null, null);
            while (lines.MoveNext())
                parsed = parsed.With(text.AsSpan()[lines.Current]);
            return parsed;
        }

        HttpHead With(ReadOnlySpan<char> line)
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
                throw new FormatException("not a header");
            var name = line[..colon];
            var value = line[(colon + 1)..].Trim();
            return true switch
            {
                _ when Is(name, "content-length") => this with { ContentLength = Length(value) },
                _ when Is(name, "transfer-encoding") => this with { Chunked = Is(value, "chunked") },
                _ when Is(name, "connection") => this with { KeepAlive = !Is(value, "close") },
                _ when Is(name, "authorization") => this with { Authorization = value.ToString() },
                _ when Is(name, "x-request-id") => this with { RequestId = value.ToString() },
                _ => this,
            };
        }

        static int Length(ReadOnlySpan<char> value) =>
            int.Parse(value) is var length and >= 0 and <= LongestBody ? length : throw new FormatException("too long");

        static bool Is(ReadOnlySpan<char> text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
