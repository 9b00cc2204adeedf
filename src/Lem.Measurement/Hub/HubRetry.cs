using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Lem.Measurement.Hub;

/// <summary>Which failures pass by themselves, and how long to wait for it. All of this is before any measurement.</summary>
static partial class HubRetry
{
    /// <summary>Attempts in all.</summary>
    public const int Attempts = 5;

    // The hub counts requests in windows of five minutes (hub-docs, rate-limits): no honest limit lasts longer.
    static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    /// <summary>Statuses that huggingface_hub tries again too. A server error with a code of its own is an answer: asking again changes nothing.</summary>
    public static bool MayPass(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            HubHeaders.ErrorCode(response) is null or "ResponseNotReady" or "UnexpectedApiError",
        _ => false,
    };

    /// <summary>1, 2, 4 and 8 seconds.</summary>
    /// <param name="attempt">How many have failed, from 1.</param>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(1 << Math.Min(attempt - 1, 3));

    /// <summary>What the server asks for: <c>RateLimit: "api";r=0;t=55</c> (IETF draft, version 9) or <c>Retry-After: 55</c>; a second more, for its rounding.</summary>
    public static TimeSpan? PauseAskedFor(HttpResponseMessage response)
    {
        var seconds = HubHeaders.Value(response, "RateLimit") is { } limit && Exhausted().Match(limit) is { Success: true } match
            ? match.Groups["reset"].Value
            : HubHeaders.Value(response, "Retry-After");
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait))
            return null;
        return TimeSpan.FromSeconds(Math.Min((long)wait + 1, _longest.TotalSeconds));
    }

    [GeneratedRegex(@"""\w+""\s*;\s*r\s*=\s*0\s*;\s*t\s*=\s*(?<reset>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Exhausted();
}
