using Lem.Measurement.Engines;

namespace Lem.Benchmarks;

/// <summary>Tokens per second: prompt tokens until the end of prefill, output tokens after the first from there to the end.</summary>
readonly record struct PhaseRates(double Prefill, double Decode)
{
    public static PhaseRates Of(GenerationRequest[] requests, long start, long prefillEnd, long end) => new(
        requests.Sum(request => request.Prompt.Count) / TimeProvider.System.GetElapsedTime(start, prefillEnd).TotalSeconds,
        requests.Sum(request => request.MaxTokens - 1) / TimeProvider.System.GetElapsedTime(prefillEnd, end).TotalSeconds);
}
