using System.Globalization;
using Lem.Measurement.Load;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P4: at 10,000 requests a second over loopback, or the highest rate that holds with client and server on the machine's cores, requests leave at most 50 µs after they should (p50), and
/// 1 ms (p99).
/// </summary>
static class DispatchDelay
{
    const double BarP50Microseconds = 50;
    const double BarP99Microseconds = 1000;
    const double LeastOfRate = 0.99;

    public static async Task<int> RunAsync(string[] arguments)
    {
        double[] rates = arguments is [] ? [10, 100, 1000, 2000, 4000, 6000, 8000, 10_000] : [.. arguments.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Console.WriteLine(Machine.Describe());
        foreach (var rate in rates)
            await MeasureAsync(rate, (int)Math.Clamp(rate * 5, 100, 30_000));
        return 0;
    }

    static async Task MeasureAsync(double rate, int count)
    {
        await using var bench = await ServingBench.StartAsync("itl_ms=0");
        var requests = bench.Requests(count, outputTokens: 4);
        await bench.RunAsync(bench.Requests(500, 4), new FixedConcurrency(16));
        var gap = 1e9 / rate;
        var outcome = await bench.RunAsync(requests, new TimedArrivals([.. Enumerable.Range(0, count).Select(i => (long)(50_000_000 + i * gap))], null));

        var delays = outcome.Requests.Select(r => TimeProvider.System.GetElapsedTime(r.Intended, r.Sent).TotalMicroseconds).Order().ToArray();
        var lastSent = outcome.Requests.Max(r => r.Sent);
        var achieved = count / TimeProvider.System.GetElapsedTime(outcome.Requests[0].Intended, lastSent).TotalSeconds;
        var (p50, p99) = (delays[count / 2], delays[(int)(count * 0.99)]);
        var failed = outcome.Requests.Count(r => r.Failure is not null);
        var holds = achieved >= LeastOfRate * rate && p50 <= BarP50Microseconds && p99 <= BarP99Microseconds;
        Console.WriteLine(FormattableString.Invariant($"P4 {rate:n0} requests/s: {achieved:n0} sent, dispatch delay p50 {p50:f0} µs ({p50 / BarP50Microseconds:f2} of the bar), p99 {p99:f0} µs ({p99 / BarP99Microseconds:f2}), max {delays[^1]:n0} µs, {failed} failed{(holds ? "" : "  does not hold")}"));
    }
}
