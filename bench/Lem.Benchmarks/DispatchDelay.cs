using System.Globalization;
using Lem.Measurement.Load;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P4: at 10,000 requests a second over loopback, or the highest rate that holds with client and server on the machine's cores, requests leave at most 50 µs after they should (p50), and
/// 1 ms (p99). They count as sent when their bodies are handed to the connection, its set-up before that.
/// </summary>
static class DispatchDelay
{
    const double BarP50Microseconds = 50;
    const double BarP99Microseconds = 1000;
    const double LeastOfRate = 0.99;
    const double Seconds = 5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        double[] rates = arguments is [] ? [100, 1000, 2000, 4000, 6000, 8000, 10_000] : [.. arguments.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Console.WriteLine(Machine.Describe());
        double highest = 0;
        foreach (var rate in rates)
            highest = await HoldsAsync(rate) ? Math.Max(highest, rate) : highest;
        Console.WriteLine(highest > 0 ? FormattableString.Invariant($"P4: {highest:n0} requests/s hold, client and server on {Environment.ProcessorCount} CPUs") : "P4: no rate holds");
        return 0;
    }

    static async Task<bool> HoldsAsync(double rate)
    {
        await using var bench = await ServingBench.StartAsync("itl_ms=0");
        var count = (int)(rate * Seconds);
        // Until the compiler has made its best of what runs all the time, and the connections are open.
        await bench.RunAsync(bench.Requests(20_000, outputTokens: 4), new FixedConcurrency(16));
        await bench.RunAsync(bench.Requests((int)rate, outputTokens: 4), Constant(rate, (int)rate));
        var requests = bench.Requests(count, outputTokens: 4);
        var (cpuBefore, pausedBefore) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());
        var outcome = await bench.RunAsync(requests, Constant(rate, count));
        var (cpu, paused) = (Environment.CpuUsage.TotalTime - cpuBefore, GC.GetTotalPauseDuration() - pausedBefore);

        var delays = outcome.Requests.Select(r => TimeProvider.System.GetElapsedTime(r.Intended, r.Sent).TotalMicroseconds).Order().ToArray();
        var achieved = count / TimeProvider.System.GetElapsedTime(outcome.Requests[0].Intended, outcome.Requests.Max(r => r.Sent)).TotalSeconds;
        var (p50, p99) = (delays[count / 2], delays[(int)(count * 0.99)]);
        var failures = outcome.Requests.Where(r => r.Failure is not null).CountBy(r => r.Failure?.Kind ?? "").ToList();
        var holds = failures.Count == 0 && achieved >= LeastOfRate * rate && p50 <= BarP50Microseconds && p99 <= BarP99Microseconds;
        Console.WriteLine(FormattableString.Invariant($"P4 {rate:n0} requests/s: {achieved:n0} sent, dispatch delay p50 {p50:f0} µs ({p50 / BarP50Microseconds:f2} of the bar), p99 {p99:f0} µs ({p99 / BarP99Microseconds:f2}), max {delays[^1]:n0} µs; {cpu.TotalMicroseconds / count:f0} µs of CPU a request, waiting for its time included; {paused.TotalMilliseconds:f0} ms in collections; {(failures.Count == 0 ? "none failed" : string.Join(", ", failures.Select(f => $"{f.Value} × {f.Key}")))}{(holds ? "" : ": does not hold")}"));
        return holds;
    }

    static TimedArrivals Constant(double rate, int count) => new([.. Enumerable.Range(0, count).Select(i => (long)(i * 1e9 / rate))], null);
}
