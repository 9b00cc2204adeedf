namespace Lem.Measurement.Hub;

/// <summary>A blob on its way into the cache, <c>&lt;etag&gt;.incomplete</c>: what an earlier try left is kept, and hashed again.</summary>
sealed class PartialBlob : IAsyncDisposable
{
    const int BufferBytes = 1 << 20;

    readonly FileStream _file;
    readonly BlobHash _hash;

    PartialBlob(FileStream file, BlobHash hash) => (_file, _hash) = (file, hash);

    public long LengthBytes => _file.Length;

    public static async Task<PartialBlob> OpenAsync(string path, HubFileHead head, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        var blob = new PartialBlob(file, new(head.Etag, head.LengthBytes));
        if (file.Length > head.LengthBytes)
            file.SetLength(0);

        var buffer = new byte[BufferBytes];
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            blob._hash.Append(buffer.AsSpan(0, read));
        return blob;
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await _file.WriteAsync(content, cancellationToken);
        _hash.Append(content.Span);
    }

    public void Restart()
    {
        _file.SetLength(0);
        _file.Position = 0;
        _hash.Restart();
    }

    /// <summary>Whether what is here now is the whole and right content. Asked once, at the end.</summary>
    public bool IsRight() => _hash.IsRight();

    /// <summary>Until it is on the disk.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _file.DisposeAsync();
    }
}
