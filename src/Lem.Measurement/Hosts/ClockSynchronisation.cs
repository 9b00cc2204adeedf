using System.Runtime.InteropServices;

namespace Lem.Measurement.Hosts;

/// <summary>Whether something keeps the wall clock in step, by the kernel's own account: whatever daemon does it tells the kernel (adjtimex(2)).</summary>
public static partial class ClockSynchronisation
{
    const int Unsynchronised = 0x40; // STA_UNSYNC
    const int SizeOfTimex = 208;     // of 64-bit Linux, with its reserve
    const int OffsetOfStatus = 40;

    /// <summary>Null where the kernel does not tell.</summary>
    public static bool? Read()
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8)
            return null;

        // All zero: nothing is changed, everything is told.
        Span<byte> timex = stackalloc byte[SizeOfTimex];
        timex.Clear();
        return Adjust(ref MemoryMarshal.GetReference(timex)) < 0
            ? null
            : (MemoryMarshal.Read<int>(timex[OffsetOfStatus..]) & Unsynchronised) == 0;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(ref byte timex);
}
