using System.Globalization;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Hosts;

/// <summary>A process with all that it has started, and that those have started.</summary>
/// <remarks>Engines have workers two or three generations down. One whose parent has ended still is of its session, which each engine that lem starts has for itself.</remarks>
public sealed class ProcessFamily(LinuxTree tree, int root)
{
    const int MostGenerations = 64;

    /// <summary>Whether this process belongs to it now; one that has ended does not.</summary>
    public bool Has(int pid) => Descends(pid) || (Read(pid) is { Session: > 1 and var leader } && leader != pid && Descends(leader));

    bool Descends(int pid)
    {
        for (var generation = 0; generation < MostGenerations && pid > 1; generation++)
        {
            if (pid == root)
                return true;
            if (Read(pid) is not { } process)
                return false;
            pid = process.Parent;
        }

        return false;
    }

    // proc(5): pid (command) state parent group session; the command may hold spaces and brackets itself.
    (int Parent, int Session)? Read(int pid) =>
        tree.Text($"proc/{pid}/stat") is { } stat
        && stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var parent, _, var session, ..]
            ? (int.Parse(parent, CultureInfo.InvariantCulture), int.Parse(session, CultureInfo.InvariantCulture))
            : null;
}
