using System.Runtime.InteropServices;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// A wait that ends at a time to within some microseconds, or when another thread says so. .NET's own waits that can be woken count in
/// milliseconds. Linux only.
/// </summary>
sealed partial class WakeableWait : IDisposable
{
    const int NonBlocking = 0x800;
    const short PollIn = 1;
    const int SetTimerSlack = 29;

    readonly int _event = NewEventFd(0, NonBlocking);

    /// <summary>Lets the kernel wake the calling thread on time instead of up to 50 µs later, to save power.</summary>
    public static void WakeThisThreadOnTime() => _ = PrCtl(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Waits until <paramref name="due"/> (<see cref="Monotonic"/>) or the next <see cref="Wake"/>, also one that came before.</summary>
    public void Until(long due)
    {
        var left = Math.Max(0, due - Monotonic.Now());
        var timeout = new TimeSpec { Seconds = (nint)(left / 1_000_000_000), Nanoseconds = (nint)(left % 1_000_000_000) };
        var poll = new PollFd { Descriptor = _event, Events = PollIn };
        if (Poll(ref poll, 1, in timeout, 0) > 0)
            _ = Read(_event, out _, sizeof(ulong));
    }

    public void Wake() => _ = Write(_event, 1, sizeof(ulong));

    public void Dispose() => _ = Close(_event);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    private static partial int NewEventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int Poll(ref PollFd descriptors, nuint count, in TimeSpec timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, out ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, in ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    struct PollFd
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
