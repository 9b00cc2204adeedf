using System.Globalization;

namespace Lem.Measurement.Launching;

/// <summary>A process and no other: pids come again, but not with the same start time.</summary>
/// <param name="StartTicks">Clock ticks between boot and its start: field 22 of <c>/proc/&lt;pid&gt;/stat</c>, proc(5).</param>
sealed record ProcessIdentity(int Pid, long StartTicks)
{
    /// <summary>The process that has this pid now, or null.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            return StartTicksOf(File.ReadAllText($"/proc/{pid}/stat")) is { } ticks ? new(pid, ticks) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool IsAlive() => Of(Pid) == this;

    // The second field is the command in brackets and may hold spaces and brackets itself: count from the last closing one.
    internal static long? StartTicksOf(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // A zombie (state Z) has ended; only its parent has not noticed.
        return fields is ["Z", ..] || fields.Length < 20 ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }
}
