using System.Globalization;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>Physical memory of this process, from <c>/proc/self</c>; null where the kernel does not tell.</summary>
sealed class ResidentMemory(LinuxTree tree)
{
    /// <summary>In use now (VmRSS).</summary>
    public long? Bytes => Read("VmRSS:");

    /// <summary>Highest since the process started or <see cref="ForgetPeak"/> (VmHWM).</summary>
    public long? PeakBytes => Read("VmHWM:");

    /// <summary>Lets the peak start again at what is in use now (proc(5), clear_refs, value 5).</summary>
    public void ForgetPeak()
    {
        try
        {
            File.WriteAllText(tree.PathOf("proc/self/clear_refs"), "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The peak then counts from the start of the process: no less than the truth.
        }
    }

    long? Read(string key)
    {
        // VmRSS:	   12345 kB
        foreach (var line in tree.Text("proc/self/status")?.Split('\n') ?? [])
            if (line.StartsWith(key, StringComparison.Ordinal)
                && line[key.Length..].Trim().Split(' ') is [var kibibytes, "kB"]
                && long.TryParse(kibibytes, CultureInfo.InvariantCulture, out var count))
                return count * 1024;
        return null;
    }
}
