using System.Text.Json.Nodes;
using Lem.Tests.Shared.Serving;

namespace Lem.IntegrationTests.Serving;

/// <summary>
/// lem's stamps of a window's requests beside those of the server that had them, in milliseconds. Nothing comes before it was sent: from that follows
/// between which two instants of the server's clock the window opened, and how late each arrival was.
/// </summary>
/// <remarks>
/// A busy machine makes some stamps late and leaves others; what remains of the best of many is what lem adds itself. Stamps that are all taken too late
/// move the earliest opening away from the latest; too early, and no instant is left between the two.
/// </remarks>
sealed class StampedRequests
{
    /// <summary>lem writes seconds to 100 ns and gaps to 1 µs.</summary>
    public const double Rounding = 0.002;

    readonly IReadOnlyList<JsonObject> _requests;

    /// <param name="requests">As lem wrote them, in the order in which they were sent.</param>
    /// <param name="served">As the server saw them, in the order in which they came.</param>
    public StampedRequests(IReadOnlyList<JsonObject> requests, IReadOnlyList<MockRequest> served)
    {
        _requests = requests;
        var pairs = requests.Zip(served).ToList();
        // On the server's clock, counted from its first request so that doubles are exact enough.
        var origin = served[0].Received;
        LatestOpening = pairs.Min(pair => Since(pair.Second.Received) - Of(pair.First, "sent_s"));
        var openings = pairs.ConvertAll(pair => (IReadOnlyList<double>)[.. pair.Second.Sends.Zip(Arrivals(pair.First), (send, came) => Since(send.At) - came)]);
        EarliestOpening = openings.Max(request => request.Max());
        Lateness = openings.ConvertAll(request => (IReadOnlyList<double>)[.. request.Select(opening => EarliestOpening - opening)]);

        double Since(long stamp) => (stamp - origin) / 1e6;
    }

    /// <summary>The window opened at or after this: else an answer would have come before it was sent.</summary>
    public double EarliestOpening { get; }

    /// <summary>The window opened at or before this: else a request would have been received before it was sent.</summary>
    public double LatestOpening { get; }

    /// <summary>Of every arrival of every request, beside the least late of all.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Lateness { get; }

    /// <summary>From each last arrival to the sending of the next request, for one user.</summary>
    public IEnumerable<double> Turns => _requests.Zip(_requests.Skip(1), (one, next) => Of(next, "sent_s") - Of(one, "last_s"));

    /// <summary>Milliseconds between a request's arrivals.</summary>
    public static IEnumerable<double> Gaps(JsonObject request) => (request["gaps_us"] as JsonArray ?? []).Select(gap => MeasuredRun.Number(gap) / 1e3);

    /// <summary>A stamp in milliseconds from window open.</summary>
    public static double Of(JsonObject request, string stamp) => MeasuredRun.Number(request[stamp]) * 1e3;

    static IEnumerable<double> Arrivals(JsonObject request)
    {
        var arrival = Of(request, "first_s");
        yield return arrival;
        foreach (var gap in Gaps(request))
            yield return arrival += gap;
    }
}
