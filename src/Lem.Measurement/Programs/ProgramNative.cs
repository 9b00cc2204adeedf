using System.Runtime.InteropServices;

namespace Lem.Measurement.Programs;

/// <summary>The C library, as far as a child process needs it.</summary>
static partial class ProgramNative
{
    /// <summary>All children that have ended and been waited for, with theirs (RUSAGE_CHILDREN).</summary>
    internal const int Children = -1;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    internal static partial int GetResourceUse(int who, out ResourceUse use);

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int pid, int signal);

    /// <summary>struct rusage of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ResourceUse
    {
        internal long UserSeconds, UserMicroseconds;
        internal long SystemSeconds, SystemMicroseconds;
        internal long MaxResidentKilobytes;
        readonly long _ixrss, _idrss, _isrss, _minflt, _majflt, _nswap, _inblock, _oublock, _msgsnd, _msgrcv, _nsignals, _nvcsw, _nivcsw;
    }
}
