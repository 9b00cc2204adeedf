using System.Globalization;
using Lem.Tests.Shared.Nvml;
using static Lem.Tests.Shared.Nvml.SensorBench;

namespace Lem.Benchmarks;

/// <summary>Energy of windows on GPUs of known true power, over sensors, loads, lengths and random phases, beside what naive polling gives.</summary>
static class SensorTruth
{
    static readonly (string Profile, Reading Reading)[] Sensors =
    [
        ("v100", Reading.Best), ("a100", Reading.Best), ("h100", Reading.Best), ("ampere", Reading.Best), ("ada", Reading.Best),
        ("p100", Reading.Polled), ("kepler", Reading.Polled), ("v100", Reading.Polled), ("a100", Reading.Polled), ("h100", Reading.Polled), ("ampere", Reading.Polled),
        ("h100", Reading.Averaged), ("ada", Reading.Averaged),
    ];

    public static int Run(string[] options)
    {
        var phases = options is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 400;
        Console.WriteLine(FormattableString.Invariant($"{phases} phases per cell ({Math.Max(20, phases / 10)} of windows above 5 s); idle 60 W before and after; errors in percent of the true energy"));
        Console.WriteLine("sensor     reading   window  mean|err| worst  flagged  mean|err|*  in interval  4 cycles   naive mean|err| worst   nearest");
        foreach (var (profile, reading) in Sensors.Where(s => options.Length < 2 || options.Skip(1).Contains($"{s.Profile}:{s.Reading}", StringComparer.OrdinalIgnoreCase)))
            foreach (var seconds in (double[])[1, 2, 5, 10, 60])
                Row(profile, reading, seconds, seconds > 5 ? Math.Max(20, phases / 10) : phases);
        return 0;
    }

    static void Row(string profile, Reading reading, double seconds, int phases)
    {
        var cells = new SensorCell[PowerLoad.All.Count];
        Parallel.For(0, cells.Length, () => new SensorBench(profile, reading), (i, _, bench) =>
        {
            cells[i] = SensorCell.Of(bench, PowerLoad.All[i], seconds, phases, seed: i);
            return bench;
        }, bench => bench.Dispose());
        SensorCell[] clear = [.. cells.Where(c => !c.Flagged)], flagged = [.. cells.Where(c => c.Flagged)];
        Console.WriteLine(FormattableString.Invariant(
            $"{profile,-10} {reading,-9} {seconds,4:0} s  {Percent(clear.Length > 0 ? clear.Max(c => c.MeanError) : null),8}  {Percent(clear.Length > 0 ? clear.Max(c => c.WorstError) : null),6}  {flagged.Length,2} of {cells.Length}  {Percent(flagged.Length > 0 ? flagged.Max(c => c.MeanError) : null),8}  {Percent(cells.Min(c => c.Contained)),8}  {Percent(flagged.Length > 0 ? flagged.Max(c => c.StratifiedError) : null),8}  {Percent(cells.Max(c => c.NaiveMeanError)),8} {Percent(cells.Max(c => c.NaiveWorstError)),8}  {Percent(cells.Max(c => c.NearestError)),8}   {string.Join("; ", cells.Where(c => c.MeanError > 0.01 && !c.Flagged || c.Contained < 0.95).Select(c => $"{c.Load} {c.MeanError:P1}<{c.WorstError:P1} in {c.Contained:P0}"))}"));
    }

    static string Percent(double? share) => share is { } known ? (known * 100).ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
