using System.Diagnostics;
using System.Runtime.InteropServices;
using Lem.Core.Results.Storage;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P8: <c>lem aggregate</c> of 1,000,000 requests with 32 gaps each, all intervals included, takes at most 5 s and 500 MB; <c>lem results
/// list</c> of 10,000 experiments at most 0.5 s once the files are in the page cache. Each round is a process of its own, from start to end.
/// </summary>
static class AggregationCost
{
    const double BarAggregateSeconds = 5;
    const double BarMegabytes = 500;
    const double BarListSeconds = 0.5;
    const int Rounds = 5;

    static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(5);

    public static int Run(string[] arguments)
    {
        var published = Path.Combine("artifacts", "publish", $"lem-{RuntimeInformation.RuntimeIdentifier}", "lem");
        var lem = arguments is [var path] ? path : File.Exists(published) ? published : Path.Combine(AppContext.BaseDirectory, "lem");
        var root = Directory.CreateTempSubdirectory("lem-p8-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe());
            Console.WriteLine($"{lem}{(lem == published ? "" : " (not published: the compiler's time is in the figures)")}");
            Aggregate(lem, new ResultsDirectory(Path.Combine(root, "one")), requests: 1_000_000);
            List(lem, new ResultsDirectory(Path.Combine(root, "many")), experiments: 10_000);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    static void Aggregate(string lem, ResultsDirectory directory, int requests)
    {
        SampleResults.WriteRaw(directory, requests, gaps: 32);
        var bytes = new FileInfo(directory.Requests(SampleResults.Id, 0)).Length;
        Console.WriteLine(FormattableString.Invariant($"aggregate: {requests:n0} requests × 32 gaps, {bytes / 1e6:n0} MB of request lines"));
        var (seconds, megabytes) = Best(lem, "aggregate", SampleResults.Id, "--force", "--results-dir", directory.Root);
        Console.WriteLine(FormattableString.Invariant($"P8 aggregate: {seconds / BarAggregateSeconds:f2} of the bar of {BarAggregateSeconds} s, {megabytes / BarMegabytes:f2} of {BarMegabytes} MB; {requests / seconds:n0} requests/s"));
    }

    static void List(string lem, ResultsDirectory directory, int experiments)
    {
        SampleResults.WriteResults(directory, experiments);
        var bytes = Directory.EnumerateFiles(directory.Aggregated).Sum(path => new FileInfo(path).Length);
        Console.WriteLine(FormattableString.Invariant($"list: {experiments:n0} experiments, {bytes / 1e6:n0} MB of results; the first look reads them all"));
        Tell(Spawn(lem, "results", "list", "--results-dir", directory.Root));
        var (seconds, _) = Best(lem, "results", "list", "--results-dir", directory.Root);
        Console.WriteLine(FormattableString.Invariant($"P8 list: {seconds / BarListSeconds:f2} of the bar of {BarListSeconds} s"));
    }

    /// <summary>The shortest time of some rounds, which is lem's own on a machine with neighbours, and the most memory of any.</summary>
    static (double Seconds, double Megabytes) Best(string lem, params string[] command)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Tell(Spawn(lem, command))).ToList();
        return (rounds.Min(r => r.Seconds), rounds.Max(r => r.Megabytes));
    }

    static (double Seconds, double Megabytes) Tell((double Seconds, double Megabytes, double Cpu) round)
    {
        Console.WriteLine(FormattableString.Invariant($"  {round.Seconds:f2} s, {round.Cpu:f2} s of CPU, peak {round.Megabytes:f0} MB"));
        return (round.Seconds, round.Megabytes);
    }

    static (double Seconds, double Megabytes, double Cpu) Spawn(string lem, params string[] command)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(lem, command) { RedirectStandardOutput = true, RedirectStandardError = true })!; // Null only with UseShellExecute.
        var answer = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        double peak = 0, cpu = 0;
        while (!process.WaitForExit(LookPeriod))
            (peak, cpu) = Look(process, peak, cpu);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 && answer.Result.Length > 0
            ? (seconds, peak / 1e6, cpu)
            : throw new InvalidOperationException($"lem {string.Join(' ', command)} ended with exit code {process.ExitCode}: {errors.Result}");
    }

    /// <summary>The kernel keeps the most memory a process ever held; a look just before it ends tells all.</summary>
    static (double Peak, double Cpu) Look(Process process, double peak, double cpu)
    {
        try
        {
            process.Refresh();
            return (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime.TotalSeconds);
        }
        catch (InvalidOperationException)
        {
            return (peak, cpu); // It ended between two looks.
        }
    }
}
