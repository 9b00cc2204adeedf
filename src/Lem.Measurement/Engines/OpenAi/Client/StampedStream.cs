using System.Runtime.CompilerServices;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>A body that is read with the time of each read noted as soon as the bytes are here, before anybody parses them.</summary>
/// <param name="lineBytes">Bytes that may come without an event (<see cref="EventParsed"/>).</param>
/// <param name="deadline">Is told of every read, whatever it brought: a server that says that it is still there is not silent.</param>
sealed class StampedStream(Stream body, TimeProvider time, long lineBytes, RequestDeadline deadline) : Stream
{
    long _unparsed;

    /// <summary>Stamp of the latest read.</summary>
    public long Arrived { get; private set; } = time.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event is complete: what came before it is no endless line.</summary>
    public void EventParsed() => _unparsed = 0;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = body.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? new(Note(read.Result)) : Wait(read);
    }

    // A token that comes alone is a read that waits: its state is taken from a pool.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> Wait(ValueTask<int> read) => Note(await read);

    int Note(int bytes)
    {
        Arrived = time.GetTimestamp();
        deadline.Heard(Arrived);
        _unparsed += bytes;
        return _unparsed <= lineBytes ? bytes : throw new InvalidDataException($"more than {lineBytes} bytes without the end of an event");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
