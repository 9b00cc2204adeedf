using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lem.Measurement.Energy;

/// <summary>
/// Calls an action at absolute deadlines from a thread of its own: no drift, no thread pool. A tick that comes too late for the next one
/// skips it and counts it as missed.
/// </summary>
public sealed partial class SamplerThread : IDisposable
{
    const int MonotonicClock = 1;
    const int ThreadCpuClock = 3;
    const int CpuEveryTicks = 8;

    readonly Action _tick;
    readonly TimeSpan _period;
    readonly TimeProvider _time;
    readonly Thread _thread;
    readonly LatenessHistogram _lateness = new();
    readonly ManualResetEventSlim _ended = new();

    // Set by Dispose, read by the sampler thread.
    volatile bool _stop;

    // Written by the sampler thread only.
    long _ticks;
    long _missed;
    long _cpuNanoseconds;

    SamplerThread(Action tick, TimeSpan period, TimeProvider time)
    {
        (_tick, _period, _time) = (tick, period, time);
        _thread = new Thread(Run) { IsBackground = true, Name = "lem sampler", Priority = ThreadPriority.AboveNormal };
    }

    /// <summary>What the sampling itself cost and how punctual it was, so far.</summary>
    public SamplerOverhead Overhead => new(
        _period,
        Volatile.Read(ref _ticks),
        Volatile.Read(ref _missed),
        _lateness.Quantile(0.5),
        _lateness.Quantile(0.99),
        _lateness.Max,
        OperatingSystem.IsLinux() ? TimeSpan.FromTicks(Volatile.Read(ref _cpuNanoseconds) / 100) : null);

    /// <summary>Starts ticking now; ends when disposed, after the tick in progress.</summary>
    public static SamplerThread Start(Action tick, TimeSpan period, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        var sampler = new SamplerThread(tick, period, time);
        sampler._thread.Start();
        return sampler;
    }

    public void Dispose()
    {
        _stop = true;
        _ended.Wait();
        _thread.Join();
        _ended.Dispose();
    }

    // Never left, so that the runtime would never come back to optimise it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Run()
    {
        var frequency = _time.TimestampFrequency;
        var period = (long)(_period.TotalSeconds * frequency);
        var deadline = _time.GetTimestamp();
        var cpuAtStart = ThreadCpu();
        while (!_stop)
        {
            var late = _time.GetTimestamp() - deadline;
            _lateness.Add(late * 1_000_000 / frequency);
            _tick();
            Volatile.Write(ref _ticks, _ticks + 1);

            // A system call: often enough for a figure that is read once a window.
            if (_ticks % CpuEveryTicks == 0)
                Volatile.Write(ref _cpuNanoseconds, ThreadCpu() - cpuAtStart);

            deadline += period;
            var now = _time.GetTimestamp();
            if (now - deadline >= period)
            {
                var missed = (now - deadline) / period;
                Volatile.Write(ref _missed, _missed + missed);
                deadline += missed * period;
            }

            WaitUntil(deadline, frequency);
        }

        Volatile.Write(ref _cpuNanoseconds, ThreadCpu() - cpuAtStart);
        _ended.Set();
    }

    void WaitUntil(long deadline, long frequency)
    {
        while (!_stop && deadline - _time.GetTimestamp() is var left and > 0)
        {
            // Long waits go in pieces so that Dispose is not kept waiting.
            var nanoseconds = Math.Min((long)(left * 1e9 / frequency), 100_000_000);
            if (OperatingSystem.IsLinux())
            {
                var wait = new TimeSpec { Nanoseconds = nanoseconds };
                ClockNanosleep(MonotonicClock, 0, in wait, 0);
            }
            else
                _ended.Wait(TimeSpan.FromMilliseconds(Math.Ceiling(nanoseconds / 1e6)));
        }
    }

    static long ThreadCpu() =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuClock, out var used) == 0 ? (used.Seconds * 1_000_000_000) + used.Nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec wait, nint remaining);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
