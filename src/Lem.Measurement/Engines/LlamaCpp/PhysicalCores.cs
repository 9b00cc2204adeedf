using System.Globalization;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>
/// Physical cores this process may use: those of the CPUs in its affinity mask, two hyperthreads counting once, and no more than its cgroup's
/// quota of CPU time.
/// </summary>
/// <remarks>Two compute threads on one core wait for each other at every barrier; llama.cpp's own default of 4 oversubscribes small machines.</remarks>
/// <param name="root">Where <c>proc</c> and <c>sys</c> are.</param>
sealed class PhysicalCores(string root = "/")
{
    /// <summary>At least 1; without Linux' files what .NET calls processors.</summary>
    public int Count()
    {
        var cpus = AllowedCpus();
        var cores = cpus.Count == 0 ? Environment.ProcessorCount : cpus.Select(CoreOf).Distinct(StringComparer.Ordinal).Count();
        return Math.Max(1, Math.Min(cores, QuotaCpus() ?? int.MaxValue));
    }

    IReadOnlyList<int> AllowedCpus()
    {
        const string Key = "Cpus_allowed_list:";
        var line = Lines("proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? [] : CpuList(line[Key.Length..]);
    }

    // The siblings of a CPU name its core; without topology each CPU is one.
    string CoreOf(int cpu)
    {
        var topology = $"sys/devices/system/cpu/cpu{cpu}/topology";
        return Lines($"{topology}/core_cpus_list").FirstOrDefault()
            ?? Lines($"{topology}/thread_siblings_list").FirstOrDefault()
            ?? cpu.ToString(CultureInfo.InvariantCulture);
    }

    // The tightest quota from the process' own cgroup up to the root, in whole CPUs, rounded up.
    int? QuotaCpus()
    {
        var quotas = from line in Lines("proc/self/cgroup")
                     let parts = line.Split(':', 3)
                     where parts.Length == 3 && (parts[1].Length == 0 || parts[1].Split(',').Contains("cpu"))
                     from folder in Upwards(parts[2])
                     let quota = parts[1].Length == 0
                         ? Quota(Lines($"sys/fs/cgroup{folder}/cpu.max").FirstOrDefault()?.Split(' '))
                         : Quota([.. Lines($"sys/fs/cgroup/cpu{folder}/cpu.cfs_quota_us"), .. Lines($"sys/fs/cgroup/cpu{folder}/cpu.cfs_period_us")])
                     where quota is not null
                     select quota;
        return quotas.Min();
    }

    static IEnumerable<string> Upwards(string path)
    {
        for (var folder = path.TrimEnd('/'); ; folder = folder[..folder.LastIndexOf('/')])
        {
            yield return folder;
            // A namespace may show a path above its own root as "/..": nothing to read there.
            if (folder.LastIndexOf('/') < 0)
                yield break;
        }
    }

    static int? Quota(string[]? quotaAndPeriod) =>
        quotaAndPeriod is [var quota, var period]
        && double.TryParse(quota, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
        && double.TryParse(period, CultureInfo.InvariantCulture, out var of) && of > 0
            ? (int)Math.Ceiling(microseconds / of)
            : null;

    /// <summary>Reads the kernel's list format: <c>0-3,8,10-11</c>.</summary>
    internal static IReadOnlyList<int> CpuList(string list)
    {
        var cpus = new List<int>();
        foreach (var range in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            if (int.TryParse(ends[0], CultureInfo.InvariantCulture, out var first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var last)
                && last - first is >= 0 and < 65_536)
            {
                cpus.AddRange(Enumerable.Range(first, last - first + 1));
            }
        }

        return cpus;
    }

    string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not every machine has every file; what is not there limits nothing.
            return [];
        }
    }
}
