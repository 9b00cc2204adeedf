using System.Runtime.InteropServices;

namespace Lem.Measurement.Launching;

/// <summary>Signals to processes and whole groups of them, kill(2).</summary>
static partial class ProcessSignals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>As a shell's kill is told; 0 asks only whether anything is there.</summary>
    public static string NameOf(int signal) => signal switch
    {
        Kill => "KILL",
        Terminate => "TERM",
        _ => "0",
    };

    /// <summary>False where the group has no process left.</summary>
    public static bool SendToGroup(int group, int signal) => KillNative(-group, signal) == 0;

    public static bool Send(int process, int signal) => KillNative(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillNative(int process, int signal);
}
