namespace Lem.Core.Metrics;

/// <summary>What latency statistics need of one request; NaN where a stamp is missing.</summary>
readonly record struct LatencyRow(
    double IntendedS,
    double TtftMs,
    double TpotMs,
    double E2eMs,
    double ServiceMs,
    double DispatchDelayMs,
    double GapSumMs,
    long GapTokens,
    double TokenizeMs,
    double QueueMs,
    double PrefillMs,
    double DecodeMs);
