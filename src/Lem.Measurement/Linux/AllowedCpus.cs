namespace Lem.Measurement.Linux;

/// <summary>The logical CPUs this process may run on, from <c>Cpus_allowed_list</c> of <c>/proc/self/status</c>.</summary>
public static class AllowedCpus
{
    /// <summary>CPU numbers, ascending; where the kernel does not tell, the first <paramref name="logicalCpus"/>.</summary>
    public static IReadOnlyList<int> Read(LinuxTree tree, int logicalCpus)
    {
        const string Key = "Cpus_allowed_list:";
        foreach (var line in tree.Text("proc/self/status")?.Split('\n') ?? [])
            if (line.StartsWith(Key, StringComparison.Ordinal) && CpuList.Parse(line[Key.Length..].Trim()) is { } allowed)
                return allowed;
        return [.. Enumerable.Range(0, logicalCpus)];
    }
}
