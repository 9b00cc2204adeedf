using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Tests.Shared.Serving;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P5, second half: a published <c>lem</c> that measures 1,400 concurrent streams, a token every 40 ms each, holds at most 100 MB. The mock server is a process of its own; what the
/// kernel says of lem's memory is read ten times a second from its start to its end.
/// </summary>
static class StreamMemory
{
    const int Streams = 1400;
    const int Rounds = 3;
    const double BarMegabytes = 100;

    static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string lem)
    {
        using var server = await MockProcess.StartAsync(CancellationToken.None, "flavour=vllm", "keep_requests=0", "ttft_ms=50", "itl_ms=40");
        var results = Directory.CreateTempSubdirectory("lem-p5-").FullName;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(lem,
            [
                "experiment", "-m", "mock", "--url", server.Address.ToString(), "--concurrency", $"{Streams}", "-n", $"{Streams * Rounds}", "--input-len", "64", "--output-len", "256",
                "--set", "baseline.enabled=false", "--set", "warmup.enabled=false", "--json", "-y", "-o", results,
            ])
            { RedirectStandardOutput = true })!; // Null only with UseShellExecute.
            var answer = process.StandardOutput.ReadToEndAsync();
            List<long> streaming = [];
            long ever = 0;
            while (!process.WaitForExit(LookPeriod))
            {
                var resident = ResidentBytes(process.Id);
                ever = Math.Max(ever, resident);
                if (OpenFiles(process.Id) >= Streams)
                    streaming.Add(resident);
            }

            if (await answer is "" || process.ExitCode != 0)
                throw new InvalidOperationException($"lem ended with exit code {process.ExitCode}");
            Tell(streaming, ever, Directory.GetFiles(Path.Combine(results, "aggregated")));
            return 0;
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    static void Tell(List<long> streaming, long ever, string[] aggregated)
    {
        var load = JsonNode.Parse(File.ReadAllText(aggregated.Single()))?["load"];
        var peak = streaming.Max() / 1e6;
        Console.WriteLine(FormattableString.Invariant($"lem, {load?["max_in_flight"]} streams at once: median {streaming.Order().ElementAt(streaming.Count / 2) / 1e6:f0} MB resident; {ever / 1e6:f0} MB at most, once they are aggregated"));
        Console.WriteLine(FormattableString.Invariant($"P5 memory: peak of {peak:f0} MB with the streams open, {peak / BarMegabytes:f2} of the bar of {BarMegabytes} MB"));
    }

    // Both zero once it has ended.
    static long ResidentBytes(int process)
    {
        var line = Lines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    static int OpenFiles(int process)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
