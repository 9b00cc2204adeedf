using System.Runtime.InteropServices;

namespace Lem.Cli.Terminal;

/// <summary>Whether anybody still reads what is written. .NET's console passes over a broken pipe in silence.</summary>
static partial class StandardOutput
{
    const short Error = 0x8;

    /// <summary>It is a pipe, and its reader is gone: <c>lem gpus --watch | head</c>.</summary>
    public static bool IsAbandoned()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var output = new PollEntry { Descriptor = 1 };
        return Poll(ref output, 1, timeoutMilliseconds: 0) > 0 && (output.Found & Error) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    struct PollEntry
    {
        internal int Descriptor;
        internal short Asked;
        internal short Found;
    }
}
