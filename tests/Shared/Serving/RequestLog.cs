using System.Buffers;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>The requests a server has had, in the order they came. Any thread may add.</summary>
/// <param name="kept">Later ones are counted and not kept.</param>
sealed class RequestLog(int kept)
{
    readonly List<MockRequest> _requests = [];
    readonly Lock _lock = new();
    int _next;

    public int Count => Volatile.Read(ref _next);

    public IReadOnlyList<MockRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public MockRequest Add(string path, string? id, Func<string?> body, long received)
    {
        lock (_lock)
        {
            var keep = _requests.Count < kept;
            var request = new MockRequest(_next++, path, id, keep ? body() : null, received);
            if (keep)
                _requests.Add(request);
            return request;
        }
    }

    /// <summary>Forgets the requests so far; numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }

    /// <summary>Requests that have ended, as JSON for other processes; times as <c>…_ns</c> of CLOCK_MONOTONIC.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("clock", "CLOCK_MONOTONIC");
        json.WriteNumber("received", Count);
        json.WriteStartArray("requests");
        foreach (var request in Requests)
            if (request.Outcome is { } outcome)
                Write(json, request, outcome);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, MockRequest request, string outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("number", request.Number);
        json.WriteString("path", request.Path);
        json.WriteString("id", request.Id);
        json.WriteString("body", request.Body);
        json.WriteNumber("received_ns", request.Received);
        if (request.Started is { } started)
            json.WriteNumber("started_ns", started);
        json.WriteNumber("prompt_tokens", request.PromptTokens);
        json.WriteNumber("cached_tokens", request.CachedTokens);
        json.WriteString("outcome", outcome);
        json.WriteStartArray("sent_ns");
        foreach (var (at, _) in request.Sends)
            json.WriteNumberValue(at);
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (var (_, tokens) in request.Sends)
            json.WriteNumberValue(tokens);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
