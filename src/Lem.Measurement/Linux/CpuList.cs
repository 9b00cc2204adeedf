using System.Globalization;

namespace Lem.Measurement.Linux;

/// <summary>The kernel's way to write a set of CPUs or nodes: <c>0-3,8,10-11</c>.</summary>
public static class CpuList
{
    /// <summary>The numbers in the list, ascending; null where the text is no list.</summary>
    public static IReadOnlyList<int>? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var cpus = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                return null;
            var last = first;
            if (ends.Length == 2 && !int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out last))
                return null;

            // A kernel has at most 8192 CPUs; a longer range is no CPU list.
            if (last < first || last - first > 8192)
                return null;
            for (var cpu = first; cpu <= last; cpu++)
                cpus.Add(cpu);
        }

        return [.. cpus];
    }
}
