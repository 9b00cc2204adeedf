using System.Buffers.Text;

namespace Lem.Measurement.Energy.Estimated;

/// <summary>Reads CPU time from the kernel's text, without allocation.</summary>
static class BusyTime
{
    // USER_HZ: fixed at 100 for all programs on every architecture that we know of.
    const double TicksPerSecond = 100;

    /// <summary>
    /// CPU-seconds in which the chosen CPUs were busy, from <c>/proc/stat</c>: everything but idle, waiting for I/O, and stolen by the
    /// hypervisor (others used it). NaN where the text is not as expected.
    /// </summary>
    public static double FromStat(ReadOnlySpan<byte> stat, ReadOnlySpan<bool> chosen)
    {
        long ticks = 0;
        var found = false;
        while (stat.StartsWith("cpu"u8))
        {
            var end = stat.IndexOf((byte)'\n');
            if (end < 0)
                break;
            if (Utf8Parser.TryParse(stat[3..end], out int cpu, out var digits) && cpu < chosen.Length && chosen[cpu])
            {
                if (Busy(stat[(3 + digits)..end]) is not { } busy)
                    return double.NaN;
                ticks += busy;
                found = true;
            }

            stat = stat[(end + 1)..];
        }

        return found ? ticks / TicksPerSecond : double.NaN;
    }

    /// <summary>CPU-seconds from <c>cpu.stat</c> (version 2, microseconds) or <c>cpuacct.usage</c> (version 1, nanoseconds).</summary>
    public static double FromUsage(ReadOnlySpan<byte> usage)
    {
        var isStat = usage.StartsWith("usage_usec "u8);
        if (isStat)
            usage = usage["usage_usec "u8.Length..];
        return Utf8Parser.TryParse(usage, out long number, out _) ? number / (isStat ? 1e6 : 1e9) : double.NaN;
    }

    // user nice system idle iowait irq softirq steal; guest time lies within user.
    static long? Busy(ReadOnlySpan<byte> fields)
    {
        long busy = 0;
        for (var field = 0; field < 7; field++)
        {
            fields = fields.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(fields, out long ticks, out var digits))
                return null;
            if (field is not (3 or 4))
                busy += ticks;
            fields = fields[digits..];
        }

        return busy;
    }
}
