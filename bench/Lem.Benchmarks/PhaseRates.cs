using Lem.Measurement.Engines;

namespace Lem.Benchmarks;

/// <summary>Tokens per second: prompt tokens until the end of prefill, output tokens after the first from there to the end.</summary>
/// <param name="Cpu">CPU time of the whole process for both: tells engine and loop apart on a busy machine too, where wall time does not.</param>
readonly record struct PhaseRates(double Prefill, double Decode, TimeSpan Cpu)
{
    public static PhaseRates Of(GenerationRequest[] requests, long start, long prefillEnd, long end, TimeSpan cpuAtStart) => new(
        requests.Sum(request => request.Prompt.Count) / TimeProvider.System.GetElapsedTime(start, prefillEnd).TotalSeconds,
        requests.Sum(request => request.MaxTokens - 1) / TimeProvider.System.GetElapsedTime(prefillEnd, end).TotalSeconds,
        Environment.CpuUsage.TotalTime - cpuAtStart);
}
