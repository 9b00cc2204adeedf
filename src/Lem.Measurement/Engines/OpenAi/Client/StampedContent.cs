using System.Net;
using System.Net.Http.Headers;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>A request body that notes when it is handed to the connection: that, and not the wish to send, is when the request was sent.</summary>
sealed class StampedContent : HttpContent
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly ReadOnlyMemory<byte> _body;
    readonly TimeProvider _time;

    public StampedContent(ReadOnlyMemory<byte> body, TimeProvider time)
    {
        (_body, _time) = (body, time);
        Headers.ContentType = Json;
    }

    /// <summary>Zero until it was sent. A connection that the server had closed in the meantime is tried anew, and counts from then.</summary>
    public long Sent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sent = _time.GetTimestamp();
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
