namespace Lem.Core.Results;

/// <summary>Time and speed of prefill or decode, from engines that stamp the boundary.</summary>
/// <param name="TimeSec">Process-seconds spent in the phase: with n processes up to n per second.</param>
/// <param name="TokensPerSecond">Tokens of the phase ÷ process-seconds.</param>
public sealed record PhaseSpeed(double? TimeSec, double? TokensPerSecond);
