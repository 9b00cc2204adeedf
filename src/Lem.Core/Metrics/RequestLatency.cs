using Lem.Core.Results.Raw;

namespace Lem.Core.Metrics;

/// <summary>Latencies of one request in milliseconds; null where a stamp is missing.</summary>
public static class RequestLatency
{
    /// <summary>Time to first token: first output token − intended start (no coordinated omission).</summary>
    public static double? TtftMs(RequestRecord request) => (request.FirstS - request.IntendedS) * 1e3;

    /// <summary>End to end: last output token − intended start.</summary>
    public static double? E2eMs(RequestRecord request) => (request.LastS - request.IntendedS) * 1e3;

    /// <summary>Its end − intended start: last output token or, where it failed or brought none, when that was known.</summary>
    public static double? EndMs(RequestRecord request) => ((request.EndS ?? request.LastS) - request.IntendedS) * 1e3;

    /// <summary>Last output token − actual send.</summary>
    public static double? ServiceMs(RequestRecord request) => (request.LastS - request.SentS) * 1e3;

    /// <summary>Waiting for its turn: start of prefill − intended start.</summary>
    public static double? QueueMs(RequestRecord request) => (request.PrefillS - request.IntendedS) * 1e3;

    /// <summary>First output token − start of prefill.</summary>
    public static double? PrefillMs(RequestRecord request) => (request.FirstS - request.PrefillS) * 1e3;

    /// <summary>Last output token − first.</summary>
    public static double? DecodeMs(RequestRecord request) => (request.LastS - request.FirstS) * 1e3;

    /// <summary>Actual send − intended start: the load generator's own lateness.</summary>
    public static double? DispatchDelayMs(RequestRecord request) => (request.SentS - request.IntendedS) * 1e3;

    /// <summary>Time per output token after the first: (last − first) ÷ (output tokens − 1). Null below two tokens.</summary>
    public static double? TpotMs(RequestRecord request) =>
        request.OutputTokens >= 2 ? (request.LastS - request.FirstS) * 1e3 / (request.OutputTokens - 1) : null;
}
