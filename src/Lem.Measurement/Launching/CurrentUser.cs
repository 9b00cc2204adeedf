using System.Runtime.InteropServices;

namespace Lem.Measurement.Launching;

/// <summary>Whose files lem reads and writes: containers are given the same numbers.</summary>
public static partial class CurrentUser
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint GroupId();
}
