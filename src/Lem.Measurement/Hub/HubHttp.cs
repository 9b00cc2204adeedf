using System.Net;
using System.Net.Http.Headers;

namespace Lem.Measurement.Hub;

/// <summary>Sends requests to the hub: again where a failure may pass, along redirects, and with the token only where it belongs.</summary>
/// <param name="time">Paces the waits between attempts.</param>
/// <param name="tell">Told of long waits, for a person.</param>
public sealed class HubHttp(HttpClient client, HubSettings settings, TimeProvider time, Action<string>? tell = null)
{
    const int MostRedirects = 8;

    static readonly TimeSpan _tellFrom = TimeSpan.FromSeconds(10);

    public HubSettings Settings => settings;

    /// <summary>How long a body may stand still before its connection counts as broken.</summary>
    /// <remarks>Of the real clock: it is a property of the network, and none of what is measured.</remarks>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A client that fits: it follows no redirect by itself (it would not know the token's limits), and an answer must begin within half a minute.</summary>
    public static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The answer, once its headers are there, whatever its status. Redirects are followed: by HEAD only until one describes the file, or leaves the host.</summary>
    /// <param name="from">Bytes to leave out at the beginning; null = all are wanted.</param>
    /// <param name="to">The last byte wanted; null = to the end.</param>
    /// <param name="attempts">One, where there is something to fall back on.</param>
    /// <exception cref="HubUnreachableException">No answer came, or none but that the server is busy or broken.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, long? from, long? to, int attempts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? pause = null;
            try
            {
                var response = await FollowAsync(method, address, from, to, cancellationToken);
                if (!HubRetry.MayPass(response))
                    return response;
                pause = HubRetry.PauseAskedFor(response);
                var reason = $"it answers {(int)response.StatusCode} ({response.ReasonPhrase})";
                response.Dispose();
                if (attempt == attempts)
                    throw new HubUnreachableException(address, reason);
            }
            catch (Exception e) when (IsBroken(e, cancellationToken))
            {
                if (attempt == attempts)
                    throw new HubUnreachableException(address, ReasonOf(e, client.Timeout), e);
            }

            await WaitAsync(address, pause ?? HubRetry.Pause(attempt), cancellationToken);
        }
    }

    internal Task<HttpResponseMessage> GetAsync(Uri address, int attempts, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, address, from: null, to: null, attempts, cancellationToken);

    /// <summary>Says something to the person who waits.</summary>
    internal void Tell(string message) => tell?.Invoke(message);

    /// <summary>Whether a connection broke or stalled, and not the user gave up.</summary>
    internal static bool IsBroken(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException;

    /// <summary>Why a connection broke, in words.</summary>
    internal static string ReasonOf(Exception e, TimeSpan patience) => e is OperationCanceledException ? $"nothing came for {patience.TotalSeconds:0} s" : Innermost(e);

    internal async Task WaitAsync(Uri address, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (pause >= _tellFrom)
            Tell($"{address.Host} asks to wait {pause.TotalSeconds:0} s…");
        await Task.Delay(pause, time, cancellationToken);
    }

    async Task<HttpResponseMessage> FollowAsync(HttpMethod method, Uri address, long? from, long? to, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(method, address, from, to);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (Target(response, address) is not { } target || method == HttpMethod.Head && (HubHeaders.DescribesLinked(response) || target.Authority != address.Authority))
                return response;
            response.Dispose();
            if (redirects == MostRedirects)
                throw new HttpRequestException($"more than {MostRedirects} redirects");
            if (address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps)
                throw new HttpRequestException($"it redirects to {target.Host} without encryption");
            address = target;
        }
    }

    HttpRequestMessage Request(HttpMethod method, Uri address, long? from, long? to)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);
        // Compressed, a file's length and parts would not be those of the file.
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (from is not null || to is not null)
            request.Headers.Range = new RangeHeaderValue(from ?? 0, to);
        if (settings.Token is { } token && settings.MayBeTrustedWithToken(address))
            request.Headers.TryAddWithoutValidation("Authorization", token.Header);
        return request;
    }

    static Uri? Target(HttpResponseMessage response, Uri address) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(address, location)
            : null;

    static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;
}
