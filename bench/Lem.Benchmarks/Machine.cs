using System.Runtime.InteropServices;

namespace Lem.Benchmarks;

/// <summary>Where a benchmark ran: figures of two machines are not compared.</summary>
static class Machine
{
    public static string Describe() => $"{Processor()}, {Environment.ProcessorCount} CPUs, load {Load()}, {RuntimeInformation.OSDescription}, "
        + RuntimeInformation.FrameworkDescription;

    static string Processor() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } model
        ? model[(model.IndexOf(':', StringComparison.Ordinal) + 2)..]
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Mean number of running threads over the last minute: above the CPUs, timings are the neighbours'.</summary>
    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
