using System.Globalization;

namespace Lem.Measurement.Linux;

/// <summary>What the control group lets this process use; null = no limit. The tightest of all groups up to the root counts.</summary>
/// <param name="QuotaCpus">CPU time per second of wall time: 1.5 = one and a half CPUs.</param>
/// <param name="MemoryBytes">Limit of memory.</param>
/// <param name="UsageFile">File that holds the CPU time used by the group, below the tree's root; null where there is none.</param>
/// <param name="Version">1 or 2; null where there are no control groups.</param>
public sealed record CgroupLimits(double? QuotaCpus, long? MemoryBytes, string? UsageFile, int? Version)
{
    // Version 1 writes "no limit" as the largest multiple of the page size.
    const long NoLimit = 1L << 60;

    public static CgroupLimits Read(LinuxTree tree)
    {
        var groups = tree.Text("proc/self/cgroup")?.Split('\n') ?? [];
        if (tree.FileExists("sys/fs/cgroup/cgroup.controllers"))
            return ReadVersion2(tree, groups.Select(line => line.Split(':', 3)).FirstOrDefault(parts => parts is ["0", "", _])?[2] ?? "/");
        return tree.FolderExists("sys/fs/cgroup/cpu") || tree.FolderExists("sys/fs/cgroup/memory")
            ? ReadVersion1(tree, controller => groups.Select(line => line.Split(':', 3))
                .FirstOrDefault(parts => parts.Length == 3 && parts[1].Split(',').Contains(controller))?[2] ?? "/")
            : new CgroupLimits(null, null, null, null);
    }

    static CgroupLimits ReadVersion2(LinuxTree tree, string path)
    {
        double? quota = null;
        long? memory = null;
        string? usage = null;
        foreach (var folder in Upwards("sys/fs/cgroup", path))
        {
            if (tree.Text($"{folder}/cpu.max")?.Split(' ') is [var allowed, var period]
                && double.TryParse(allowed, CultureInfo.InvariantCulture, out var microseconds)
                && double.TryParse(period, CultureInfo.InvariantCulture, out var each) && each > 0
                && !(quota < microseconds / each))
            {
                quota = microseconds / each;
                usage = tree.FileExists($"{folder}/cpu.stat") ? $"{folder}/cpu.stat" : null;
            }

            memory = Least(memory, tree.Number($"{folder}/memory.max"));
        }

        return new CgroupLimits(quota, memory, usage, 2);
    }

    static CgroupLimits ReadVersion1(LinuxTree tree, Func<string, string> pathOf)
    {
        double? quota = null;
        long? memory = null;
        string? usage = null;
        foreach (var folder in Upwards("sys/fs/cgroup/cpu", pathOf("cpu")))
            if (tree.Number($"{folder}/cpu.cfs_quota_us") is { } allowed and > 0
                && tree.Number($"{folder}/cpu.cfs_period_us") is { } period and > 0
                && !(quota < (double)allowed / period))
            {
                quota = (double)allowed / period;
                var accounting = folder.Replace("sys/fs/cgroup/cpu", "sys/fs/cgroup/cpuacct", StringComparison.Ordinal) + "/cpuacct.usage";
                usage = tree.FileExists(accounting) ? accounting : null;
            }

        foreach (var folder in Upwards("sys/fs/cgroup/memory", pathOf("memory")))
            memory = Least(memory, tree.Number($"{folder}/memory.limit_in_bytes"));
        return new CgroupLimits(quota, memory, usage, 1);
    }

    // In a container the path is often that of the host, and only the root of the mount exists: missing folders are passed over.
    static IEnumerable<string> Upwards(string mount, string path)
    {
        for (var rest = path.Trim('/'); rest.Length > 0; rest = rest.Contains('/', StringComparison.Ordinal) ? rest[..rest.LastIndexOf('/')] : "")
            if (!rest.Split('/').Contains(".."))
                yield return $"{mount}/{rest}";
        yield return mount;
    }

    static long? Least(long? known, long? found) => found is null or >= NoLimit ? known : known < found ? known : found;
}
