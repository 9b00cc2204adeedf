using System.Globalization;

namespace Lem.Measurement.Launching;

/// <summary>A program that leads a session and a group of its own, with all it has started that stayed there.</summary>
/// <remarks>
/// The kernel counts zombies as members, and a process 1 that buries nobody keeps them for good: who lives is read from /proc.
/// While any of a group is left, no other process gets its number; where one has it, the group was all gone.
/// </remarks>
sealed class ProcessGroup(ProcessIdentity leader)
{
    /// <summary>Sends a signal to all of it that lives; 0 sends none.</summary>
    /// <returns>Whether anything of it is left.</returns>
    public bool Signal(int signal)
    {
        if (!IsAlive())
            return false;
        // A program that was started this instant may not lead its group yet.
        if (signal != 0 && !ProcessSignals.SendToGroup(leader.Pid, signal) && leader.IsAlive())
            ProcessSignals.Send(leader.Pid, signal);
        return IsAlive();
    }

    // To the kernel -1 is everybody, and 0 is ourselves.
    bool IsAlive() => leader.Pid > 1 && (ProcessIdentity.Of(leader.Pid) is { } now ? now == leader : Directory.EnumerateDirectories("/proc").Any(IsLivingMember));

    bool IsLivingMember(string process)
    {
        if (!int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
            return false;
        try
        {
            return IsMember(File.ReadAllText(Path.Combine(process, "stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended in the meantime.
            return false;
        }
    }

    // proc(5): state, parent, group, session. Nothing that was there before its leader is of a group: a daemon with a dead leader of the same number is not.
    internal bool IsMember(string stat) =>
        ProcessIdentity.StartTicksOf(stat) >= leader.StartTicks
        && stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var group, var session, ..]
        && group == session
        && group == leader.Pid.ToString(CultureInfo.InvariantCulture);
}
