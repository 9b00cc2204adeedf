using System.Runtime.InteropServices;

namespace Lem.Benchmarks;

/// <summary>A thread that only sleeps and wakes: what the kernel takes for a tick in which nothing is done.</summary>
sealed partial class BareSleeper
{
    const int MonotonicClock = 1;
    const int ThreadCpuClock = 3;

    readonly Thread _thread;
    readonly TimeSpan _period;
    readonly TimeProvider _time;
    readonly List<double> _lateMicroseconds = new(capacity: 1 << 16);
    volatile bool _stop;
    double _microsecondsPerTick;

    BareSleeper(TimeSpan period, TimeProvider time)
    {
        (_period, _time) = (period, time);
        _thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
    }

    public static BareSleeper Start(TimeSpan period, TimeProvider time)
    {
        var sleeper = new BareSleeper(period, time);
        sleeper._thread.Start();
        return sleeper;
    }

    /// <summary>Ends the thread and says what a tick of it cost, microseconds of CPU, and how late the kernel woke it, microseconds at p99.</summary>
    public (double Cpu, double LatenessP99) Stop()
    {
        _stop = true;
        _thread.Join();
        _lateMicroseconds.Sort();
        return (_microsecondsPerTick, _lateMicroseconds[(int)(_lateMicroseconds.Count * 0.99)]);
    }

    /// <summary>CPU time of the calling thread, nanoseconds.</summary>
    public static long ThreadCpu() => ClockGetTime(ThreadCpuClock, out var used) == 0 ? (used.Seconds * 1_000_000_000) + used.Nanoseconds : 0;

    void Run()
    {
        var begun = _time.GetTimestamp();
        var start = ThreadCpu();
        for (var due = _period; !_stop; due += _period)
        {
            var left = due - _time.GetElapsedTime(begun);
            if (left > TimeSpan.Zero)
            {
                var wait = new TimeSpec { Nanoseconds = (long)left.TotalNanoseconds };
                ClockNanosleep(MonotonicClock, 0, in wait, 0);
            }

            _lateMicroseconds.Add((_time.GetElapsedTime(begun) - due).TotalMicroseconds);
        }

        _microsecondsPerTick = (ThreadCpu() - start) / 1e3 / _lateMicroseconds.Count;
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
