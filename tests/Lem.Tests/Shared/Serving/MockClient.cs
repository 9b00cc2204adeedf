using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>The simplest client there is, to test the mock server with something that is not ours.</summary>
sealed class MockClient(MockServer server, CancellationToken cancellationToken) : IDisposable
{
    readonly HttpClient _http = new() { BaseAddress = server.Address };

    /// <summary>One event as it came.</summary>
    public readonly record struct Received(string Data, long At);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, cancellationToken);

    public async Task<string> TextAsync(string path)
    {
        using var response = await GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public async Task<JsonElement> JsonAsync(string path) => Parse(await TextAsync(path));

    public Task<HttpResponseMessage> SendAsync(string path, string body, string? id = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (id is not null)
            request.Headers.Add("X-Request-Id", id);
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        using var response = await SendAsync(path, body);
        return Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Everything a stream says, <c>[DONE]</c> included.</summary>
    public async Task<List<Received>> StreamAsync(string body, string path = "/v1/completions")
    {
        var events = new List<Received>();
        await foreach (var received in EventsAsync(body, path))
            events.Add(received);
        return events;
    }

    public async IAsyncEnumerable<Received> EventsAsync(string body, string path = "/v1/completions")
    {
        using var response = await SendAsync(path, body);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            yield return new(item.Data, Monotonic.Now());
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>What the tokens of a completion's stream spell, by choice.</summary>
    public static string Text(IEnumerable<Received> events, int choice = 0) =>
        string.Concat(
            from received in events
            where received.Data != "[DONE]"
            from item in Parse(received.Data).GetProperty("choices").EnumerateArray()
            where item.GetProperty("index").GetInt32() == choice
            select item.GetProperty("text").GetString());

    public void Dispose() => _http.Dispose();
}
