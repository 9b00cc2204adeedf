using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>Why requests failed, by kind: the same finding in whatever order they come.</summary>
sealed class FailedRequests
{
    const int LongestMessage = 200;

    readonly SortedDictionary<string, (long Count, string Message)> _kinds = new(StringComparer.Ordinal);

    public void Add(RequestRecord request)
    {
        if (request.Error is not { } error)
            return;
        // One message stands for all of its kind, and is the same one however they are ordered.
        _kinds[error.Kind] = _kinds.TryGetValue(error.Kind, out var known)
            ? (known.Count + 1, string.CompareOrdinal(error.Message, known.Message) < 0 ? error.Message : known.Message)
            : (1, error.Message);
    }

    /// <param name="failed">All that failed, whether or not their lines tell why.</param>
    public Finding Finding(long failed, long requests)
    {
        var kinds = _kinds.OrderByDescending(kind => kind.Value.Count).ToList();
        var why = string.Join("; ", kinds.Select(kind => $"{kind.Value.Count} × {kind.Key}: {Short(kind.Value.Message)}"));
        return new(
            "failed_requests",
            FindingSeverity.Warning,
            $"{failed} of {requests} requests failed; their energy is in the total.{(why.Length == 0 ? "" : $" {why}")}",
            "aggregation",
            kinds is [var (kind, (_, message)), ..] ? Remedy(kind, message) : "The request lines say why each failed.",
            new JsonObject(kinds.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)JsonValue.Create(kind.Value.Count)))));
    }

    static string Remedy(string kind, string message) => kind switch
    {
        "http_status" when message.StartsWith("HTTP 429", StringComparison.Ordinal) || message.StartsWith("HTTP 503", StringComparison.Ordinal) =>
            "The server turns requests away under this load: a lower --rate or --concurrency, or a higher limit of its own.",
        "http_status" when message.StartsWith("HTTP 4", StringComparison.Ordinal) => "What the server says names what it does not take.",
        "http_status" or "server_error" => "The server's own log tells why.",
        "timeout" => "If answers may take that long, raise server.request_timeout_sec; else the server's log tells what it did instead.",
        "idle_timeout" => "The server fell silent in the middle of an answer: its log tells why. If it may, raise server.idle_timeout_sec.",
        "connect_failed" or "cut_stream" => "The server, or something between, closed the connection: did it die, or restart? Its log tells.",
        "malformed_event" or "line_too_long" => "That is no stream of an OpenAI-compatible server: look whether a proxy changes what it passes on.",
        "usage_missing" => "Without the server's count nothing can be told per token: a version with stream_options.include_usage.",
        _ => "The request lines say why each failed.",
    };

    static string Short(string message) => message.Length <= LongestMessage ? message : $"{message[..LongestMessage]}…";
}
