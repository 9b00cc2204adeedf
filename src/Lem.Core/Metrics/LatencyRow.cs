namespace Lem.Core.Metrics;

/// <summary>What latency statistics need of one request; NaN where a stamp is missing. A request that failed has no latencies.</summary>
/// <param name="WaitMs">From its intended start to its first token, failed or not.</param>
/// <param name="EndMs">From its intended start to its end, failed or not.</param>
readonly record struct LatencyRow(
    double IntendedS,
    double DispatchDelayMs,
    double WaitMs,
    double EndMs,
    double TtftMs = double.NaN,
    double TpotMs = double.NaN,
    double E2eMs = double.NaN,
    double ServiceMs = double.NaN,
    double GapSumMs = 0,
    long GapTokens = 0,
    double TokenizeMs = double.NaN,
    double QueueMs = double.NaN,
    double PrefillMs = double.NaN,
    double DecodeMs = double.NaN);
