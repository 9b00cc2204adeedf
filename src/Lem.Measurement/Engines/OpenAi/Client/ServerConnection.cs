using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core;

namespace Lem.Measurement.Engines.OpenAi.Client;

/// <summary>One server's address: a pool of connections for the load, and short questions beside it.</summary>
sealed class ServerConnection : IDisposable
{
    // Most servers drop a connection that was idle for five seconds; one that is given up before is never found dead.
    static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(4);
    static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may take to be made.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    readonly TimeProvider _time;

    /// <param name="address">Without the path: <c>http://127.0.0.1:8000</c>, or with a prefix before <c>/v1</c>.</param>
    /// <param name="headers">Of every request: authorisation.</param>
    public ServerConnection(Uri address, IReadOnlyDictionary<string, string> headers, TimeProvider time)
    {
        _time = time;
        Address = new Uri(address.ToString().TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? address.ToString().TrimEnd('/')[..^2] : address.ToString().TrimEnd('/') + "/");
        Http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = int.MaxValue,
            PooledConnectionIdleTimeout = KeepIdle,
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        foreach (var (name, value) in headers)
            Http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public Uri At(string path) => new(Address, path);

    /// <summary>What the server answers to a question; null where it has no such page, or no answer.</summary>
    public Task<string?> GetTextAsync(string path, CancellationToken cancellationToken) => AskAsync(new(HttpMethod.Get, At(path)), cancellationToken);

    /// <summary>With what status the server answers to a question within a time; null = not at all.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path, TimeSpan within, CancellationToken cancellationToken) =>
        await SendAsync(new(HttpMethod.Get, At(path)), (response, _) => Task.FromResult<HttpStatusCode?>(response.StatusCode), within, cancellationToken);

    /// <summary>What <see cref="GetTextAsync"/> gives as JSON; null also where it is none.</summary>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => Parse(await GetTextAsync(path, cancellationToken));

    public async Task<JsonNode?> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        Parse(await AskAsync(new(HttpMethod.Post, At(path)) { Content = new StringContent(body.ToJsonString(), null, "application/json") }, cancellationToken));

    /// <summary>What <see cref="PostAsync(string, JsonObject, CancellationToken)"/> gives, where a failure is not to be taken for an answer: null only where the server has no such page.</summary>
    /// <exception cref="LemException">It has the page, and did not answer well.</exception>
    public async Task<JsonNode?> RequireAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), null, "application/json");
        using var timeout = new CancellationTokenSource(QuestionTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await Http.PostAsync(At(path), content, either.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
                return null;
            return response.IsSuccessStatusCode
                ? Parse(await response.Content.ReadAsStringAsync(either.Token)) ?? throw Unanswered(path, "what it answered is no JSON")
                : throw Unanswered(path, $"HTTP {(int)response.StatusCode}: {await ErrorBody.ReadAsync(response, either.Token)}", response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unanswered(path, e.Message, cause: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unanswered(path, $"nothing within {QuestionTimeout.TotalSeconds:0} s", cause: e);
        }
    }

    /// <summary>Whether a post without a body was taken well.</summary>
    public async Task<bool> PostAsync(string path, CancellationToken cancellationToken) => await AskAsync(new(HttpMethod.Post, At(path)), cancellationToken) is not null;

    public void Dispose() => Http.Dispose();

    Task<string?> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(
        request, async (response, token) => response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(token) : null, QuestionTimeout, cancellationToken);

    // Null also where no answer comes.
    async Task<T?> SendAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T?>> read, TimeSpan within, CancellationToken cancellationToken)
    {
        using var _ = request;
        using var timeout = new CancellationTokenSource(within, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await Http.SendAsync(request, either.Token);
            return await read(response, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return default;
        }
    }

    LemException Unanswered(string path, string what, HttpStatusCode? status = null, Exception? cause = null) => new(
        $"the server did not answer {At(path)} well: {what}",
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? "Name the variable that holds its key: --set server.api_key_env=MY_API_KEY"
            : "Its log tells more. Once it answers, run the same again: nothing was measured yet.",
        cause);

    static JsonNode? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
