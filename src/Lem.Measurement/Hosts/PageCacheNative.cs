using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lem.Measurement.Hosts;

/// <summary>The functions of libc that see and empty the page cache, one to one.</summary>
static unsafe partial class PageCacheNative
{
    /// <summary>posix_fadvise's POSIX_FADV_DONTNEED on Linux.</summary>
    internal const int DontNeed = 4;

    /// <returns>0, or an error number.</returns>
    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    internal static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    /// <returns>0; −1 where the range is not mapped.</returns>
    [LibraryImport("libc", EntryPoint = "mincore")]
    internal static partial int InCore(void* address, nuint length, byte* pages);
}
