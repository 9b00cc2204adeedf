using System.Runtime.InteropServices;

namespace Lem.Measurement.Launching;

/// <summary>Whose files lem reads and writes: containers are given the same numbers.</summary>
public static partial class CurrentUser
{
    public static uint UserId() => EffectiveUserId();

    public static uint GroupId() => EffectiveGroupId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroupId();
}
