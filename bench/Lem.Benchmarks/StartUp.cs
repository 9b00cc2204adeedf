using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lem.Benchmarks;

/// <summary>
/// Bar P5, first half: <c>lem --version</c> of the published file takes at most 60 ms from start to end of the process. <c>true</c>, run in turn
/// with it, is the floor: what this machine takes for any process.
/// </summary>
static class StartUp
{
    const int Runs = 60;
    const int WarmUps = 5;
    const double BarMilliseconds = 60;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var lem = arguments is [var path] ? path : Path.Combine("artifacts", "publish", $"lem-{RuntimeInformation.RuntimeIdentifier}", "lem");
        if (!File.Exists(lem))
        {
            Console.Error.WriteLine($"{lem} does not exist: run eng/publish.sh first, or give the path of a published lem");
            return 2;
        }

        var ours = new List<double>();
        var floor = new List<double>();
        for (var run = -WarmUps; run < Runs; run++)
        {
            var (took, least) = (Milliseconds(lem, "--version"), Milliseconds("true"));
            if (run >= 0)
            {
                ours.Add(took);
                floor.Add(least);
            }
        }

        ours.Sort();
        floor.Sort();
        var median = ours[Runs / 2];
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"lem --version: median {median:f1} ms, min {ours[0]:f1}, p90 {ours[Runs * 9 / 10]:f1}, n {Runs}");
        Console.WriteLine($"true:          median {floor[Runs / 2]:f1} ms, min {floor[0]:f1}");
        // On a machine with neighbours the median is theirs too; the best run is lem's own.
        Console.WriteLine($"P5: median {median / BarMilliseconds:f2}, best {ours[0] / BarMilliseconds:f2} of the bar of {BarMilliseconds} ms");
        return await StreamMemory.RunAsync(lem);
    }

    static double Milliseconds(string program, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!; // Null only with UseShellExecute.
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}");
    }
}
