using System.Globalization;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Hosts;

/// <summary>Processor time of the whole machine since boot, from the first line of <c>/proc/stat</c>.</summary>
public static class ProcessorTime
{
    // USER_HZ is 100 on every Linux architecture that .NET runs on.
    const double TicksPerSecond = 100;

    /// <summary>Time used and time there was, summed over all processors; null where the kernel does not tell.</summary>
    public static (TimeSpan Busy, TimeSpan All)? Read(LinuxTree tree) => tree.Text("proc/stat") is { } stat ? Parse(stat) : null;

    /// <remarks>Fields: user nice system idle iowait irq softirq steal (proc(5)); guest time lies within user.</remarks>
    internal static (TimeSpan Busy, TimeSpan All)? Parse(string stat)
    {
        var fields = stat.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", ..] || fields.Length < 9)
            return null;
        var ticks = new long[8];
        for (var i = 0; i < ticks.Length; i++)
            if (!long.TryParse(fields[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ticks[i]))
                return null;
        var all = ticks.Sum();
        return (TimeSpan.FromSeconds((all - ticks[3] - ticks[4]) / TicksPerSecond), TimeSpan.FromSeconds(all / TicksPerSecond));
    }
}
