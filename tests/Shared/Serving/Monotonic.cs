using System.Diagnostics;

namespace Lem.Tests.Shared.Serving;

/// <summary>CLOCK_MONOTONIC in nanoseconds: on Linux what <see cref="Stopwatch"/> reads, and the same for every process of the host.</summary>
static class Monotonic
{
    // One on Linux. A whole number, since a double would round after a hundred days of uptime.
    static readonly long NanosecondsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    public static long Now() => Stopwatch.GetTimestamp() * NanosecondsPerTick;

    public static long FromMilliseconds(double milliseconds) => (long)(milliseconds * 1e6);
}
