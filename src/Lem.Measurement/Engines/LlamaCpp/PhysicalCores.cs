using System.Globalization;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>
/// Physical cores this process may use: those of the CPUs in its affinity mask, two hyperthreads counting once, and no more than its control
/// group's share of CPU time.
/// </summary>
/// <remarks>Two compute threads on one core wait for each other at every barrier; llama.cpp's own default of 4 oversubscribes small machines.</remarks>
static class PhysicalCores
{
    /// <summary>At least 1.</summary>
    /// <param name="logicalCpus">What to assume where the kernel does not tell.</param>
    public static int Count(LinuxTree tree, int logicalCpus)
    {
        var cores = AllowedCpus.Read(tree, logicalCpus).Select(cpu => CoreOf(tree, cpu)).Distinct(StringComparer.Ordinal).Count();
        // A share of 1.5 CPUs keeps two threads busy three quarters of the time; one thread would leave a third of it unused.
        var share = CgroupLimits.Read(tree).QuotaCpus is { } quota ? (int)Math.Ceiling(quota) : int.MaxValue;
        return Math.Max(1, Math.Min(cores, share));
    }

    // The list of a core's CPUs names the core; without topology each CPU is one.
    static string CoreOf(LinuxTree tree, int cpu)
    {
        var topology = string.Create(CultureInfo.InvariantCulture, $"sys/devices/system/cpu/cpu{cpu}/topology");
        return tree.Text($"{topology}/core_cpus_list")
            ?? tree.Text($"{topology}/thread_siblings_list")
            ?? cpu.ToString(CultureInfo.InvariantCulture);
    }
}
