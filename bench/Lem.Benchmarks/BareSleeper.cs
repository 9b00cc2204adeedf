using System.Runtime.InteropServices;

namespace Lem.Benchmarks;

/// <summary>A thread that only sleeps and wakes: what the kernel takes for a tick in which nothing is done.</summary>
sealed partial class BareSleeper
{
    const int MonotonicClock = 1;
    const int ThreadCpuClock = 3;

    readonly Thread _thread;
    readonly long _periodNanoseconds;
    volatile bool _stop;
    double _microsecondsPerTick;

    BareSleeper(TimeSpan period)
    {
        _periodNanoseconds = (long)period.TotalNanoseconds;
        _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
    }

    public static BareSleeper Start(TimeSpan period)
    {
        var sleeper = new BareSleeper(period);
        sleeper._thread.Start();
        return sleeper;
    }

    /// <summary>Ends the thread and says what a tick of it cost, microseconds of CPU.</summary>
    public double Stop()
    {
        _stop = true;
        _thread.Join();
        return _microsecondsPerTick;
    }

    void Run()
    {
        var ticks = 0;
        var wait = new TimeSpec { Nanoseconds = _periodNanoseconds };
        ClockGetTime(ThreadCpuClock, out var start);
        while (!_stop)
        {
            ClockNanosleep(MonotonicClock, 0, in wait, 0);
            ticks++;
        }

        ClockGetTime(ThreadCpuClock, out var end);
        _microsecondsPerTick = ((end.Seconds - start.Seconds) * 1e6 + (end.Nanoseconds - start.Nanoseconds) / 1e3) / ticks;
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec wait, nint remaining);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
