using System.Runtime.InteropServices;

namespace Lem.Measurement.Linux;

/// <summary>Waits on the calling thread until a stamp of the monotonic clock, to some microseconds.</summary>
/// <remarks>
/// The kernel wakes a thread up to its timer slack (50 µs by default, prctl(2)) and its own wake-up late: the slack is taken off the thread, and the last
/// microseconds are spun away. At 100 waits a second that costs half a per cent of a core.
/// </remarks>
public static partial class PreciseWait
{
    const int MonotonicClock = 1;
    const int SetTimerSlack = 29;

    static readonly TimeSpan Spin = TimeSpan.FromMicroseconds(60);
    static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    static bool _isSharp;

    /// <param name="due">Stamp of <paramref name="time"/>; one that has passed is not waited for.</param>
    /// <param name="stop">Looked at ten times a second.</param>
    public static void Until(long due, TimeProvider time, CancellationToken stop)
    {
        Sharpen();
        while (!stop.IsCancellationRequested)
        {
            var left = TimeSpan.FromSeconds((due - time.GetTimestamp()) / (double)time.TimestampFrequency);
            if (left <= TimeSpan.Zero)
                return;
            if (left > Spin)
                Sleep(left - Spin < LongestSleep ? left - Spin : LongestSleep, stop);
            else
                Thread.SpinWait(10);
        }
    }

    // Of the calling thread alone, once.
    static void Sharpen()
    {
        if (_isSharp || !OperatingSystem.IsLinux())
            return;
        _ = Prctl(SetTimerSlack, 1, 0, 0, 0); // Refused, waits are late by the slack: the dispatch delay shows it.
        _isSharp = true;
    }

    static void Sleep(TimeSpan time, CancellationToken stop)
    {
        if (OperatingSystem.IsLinux())
            ClockNanosleep(MonotonicClock, 0, new TimeSpec { Nanoseconds = (long)time.TotalNanoseconds }, 0);
        else
            stop.WaitHandle.WaitOne(time);
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec wait, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint argument, nuint unused3, nuint unused4, nuint unused5);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
