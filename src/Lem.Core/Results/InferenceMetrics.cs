namespace Lem.Core.Results;

/// <summary>What was generated, and how fast. Padding and tokens after the end of text are in no count.</summary>
/// <param name="TotalTokens">Input and output tokens together.</param>
/// <param name="InferenceTimeSec">Union window of all processes: first send to last token or failure.</param>
/// <param name="TokensPerSecond">System rate: all tokens ÷ window.</param>
/// <param name="EffectiveThroughput">The same rate by the name of the older documents: all tokens ÷ window.</param>
/// <param name="MeanProcessTokensPerSecond">Mean of the processes' own rates: one worker's speed, not the system's.</param>
/// <param name="LatencyPerTokenMs">1000 ÷ tokens_per_second: a reciprocal throughput, no latency of any token.</param>
/// <param name="TimeToFirstTokenMs">Mean TTFT.</param>
public sealed record InferenceMetrics(
    long TotalTokens,
    long InputTokens,
    long OutputTokens,
    double InferenceTimeSec,
    double? TokensPerSecond,
    double? OutputTokensPerSecond,
    double? EffectiveThroughput,
    double? MeanProcessTokensPerSecond,
    long Requests,
    long FailedRequests,
    double? LatencyPerTokenMs,
    double? TimeToFirstTokenMs,
    PhaseSpeed Prefill,
    PhaseSpeed Decode);
