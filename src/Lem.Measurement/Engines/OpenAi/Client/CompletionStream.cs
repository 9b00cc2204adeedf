using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>Sends one completion request and tells its stream as it comes. A failure is told as an event: nothing is tried twice.</summary>
/// <remarks>Stamps are taken when bytes arrive, before they are parsed; events that came with one read have one stamp.</remarks>
/// <param name="keepConnections">Use a connection again for the next request.</param>
/// <param name="keepText">Hand out the texts too.</param>
sealed class CompletionStream(HttpClient http, Uri endpoint, StreamLimits limits, TimeProvider time, bool keepConnections, bool keepText)
{
    /// <param name="index">The request's number in its events.</param>
    /// <param name="body">The request as JSON, streaming asked for.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async IAsyncEnumerable<TokenEvent> RunAsync(int index, ReadOnlyMemory<byte> body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(limits, time, cancellationToken);
        using var content = new StampedContent(body, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        request.Headers.ConnectionClose = keepConnections ? null : true;
        var (response, failure) = await SendAsync(request, deadline);
        using var _ = response;
        if (content.Sent != 0)
            yield return new(TokenEventKind.Sent, index, content.Sent);
        if (response is null)
        {
            yield return new(TokenEventKind.Failed, index, time.GetTimestamp(), Failure: failure);
            yield break;
        }

        var reader = new ChunkReader(keepText);
        await using var stream = new StampedStream(await response.Content.ReadAsStreamAsync(CancellationToken.None), time, limits.LineBytes, deadline);
        var events = SseParser.Create(stream, (_, data) =>
        {
            stream.EventParsed();
            return reader.Read(data);
        });
        await using var chunks = events.EnumerateAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        string? finish = null;
        var isDone = false;
        while (failure is null && !isDone)
        {
            try
            {
                if (!await chunks.MoveNextAsync())
                    break;
            }
            catch (Exception e) when (Explain(e, deadline) is { } cause)
            {
                failure = cause;
                break;
            }

            var chunk = chunks.Current.Data;
            finish = chunk.FinishReason ?? finish;
            isDone = chunk.IsDone;
            if (chunk.HasOutput)
            {
                deadline.Begin(stream.Arrived);
                yield return new(TokenEventKind.Token, index, stream.Arrived, chunk.Tokens, Text: chunk.Text);
            }

            if (chunk.Error is { } error)
                failure = new("server_error", error);
        }

        failure ??= isDone || finish is not null ? null : new("cut_stream", "the stream ended before the answer was complete");
        if (failure is null && reader is { IsUntold: true, OutputTokens: < 0 })
            failure = new("usage_missing", "the server did not say how many tokens it sent");
        var usage = new RequestUsage(Told(reader.PromptTokens), Told(reader.OutputTokens), Told(reader.CachedTokens), finish);
        yield return new(failure is null ? TokenEventKind.Finished : TokenEventKind.Failed, index, stream.Arrived, Failure: failure, Usage: usage);
    }

    async Task<(HttpResponseMessage? Response, RequestFailure? Failure)> SendAsync(HttpRequestMessage request, RequestDeadline deadline)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (response.StatusCode == HttpStatusCode.OK)
                return (response, null);
            var failure = new RequestFailure("http_status", $"HTTP {(int)response.StatusCode}: {await ErrorBody.ReadAsync(response, deadline.Token)}");
            response.Dispose();
            return (null, failure);
        }
        catch (Exception e) when (Explain(e, deadline) is { } failure)
        {
            response?.Dispose();
            return (null, failure);
        }
    }

    // Null: not a failure of the request, but the caller's wish, or a defect of ours.
    internal static RequestFailure? Explain(Exception exception, RequestDeadline deadline) => exception switch
    {
        // Its own limit for a connection the client tells as a cancellation, too.
        OperationCanceledException { InnerException: TimeoutException } when deadline is { IsCallers: false, IsOver: false } =>
            new("connect_failed", $"no connection could be made within {ServerConnection.ConnectTimeout.TotalSeconds:0} s"),
        OperationCanceledException => deadline.Failure(),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.AddressNotAvailable or SocketError.NoBufferSpaceAvailable } e } =>
            new("client_limit", $"lem could not open one more connection: {e.Message} (traffic_simulation.max_concurrency limits them; ulimit -n raises what may be open)"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } e =>
            new("connect_failed", Innermost(e)),
        HttpRequestException or IOException => new("cut_stream", Innermost(exception)),
        JsonException => new("malformed_event", $"an event of the stream is no JSON: {exception.Message}"),
        InvalidDataException => new("line_too_long", exception.Message),
        _ => null,
    };

    static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;

    static int? Told(int count) => count < 0 ? null : count;
}
