using System.Globalization;

namespace Lem.Measurement.Linux;

/// <summary>Main memory in bytes, from <c>/proc/meminfo</c>; null where the kernel does not tell.</summary>
public sealed record MemoryInfo(long? TotalBytes, long? AvailableBytes, long? SwapTotalBytes, long? SwapFreeBytes)
{
    public static MemoryInfo Parse(string text)
    {
        long? Kilobytes(string key)
        {
            foreach (var line in text.Split('\n'))
                if (line.StartsWith(key, StringComparison.Ordinal)
                    && line[key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, ..]
                    && long.TryParse(number, CultureInfo.InvariantCulture, out var kilobytes))
                    return kilobytes * 1024;
            return null;
        }

        return new MemoryInfo(Kilobytes("MemTotal:"), Kilobytes("MemAvailable:"), Kilobytes("SwapTotal:"), Kilobytes("SwapFree:"));
    }
}
