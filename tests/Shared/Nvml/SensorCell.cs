using Lem.Measurement.Energy;

namespace Lem.Tests.Shared.Nvml;

/// <summary>One load and window length over many random phases. All errors are shares of the true energy, without sign.</summary>
/// <param name="Flagged">The result warned of aliasing.</param>
/// <param name="Contained">Share of phases whose stated interval held the truth.</param>
/// <param name="StratifiedError">Mean of the errors of sets of four cycles, each started a quarter of the sensor's period later.</param>
sealed record SensorCell(
    string Load, bool Flagged, double MeanError, double WorstError, double Contained, double StratifiedError,
    double NaiveMeanError, double NaiveWorstError, double? NearestError)
{
    /// <summary>Phases that are tried where nothing is flagged.</summary>
    public static int Look(int phases) => Math.Max(Math.Min(phases, 20), phases / 5);

    public static SensorCell Of(SensorBench bench, PowerLoad load, double windowSeconds, int phases, int seed)
    {
        var random = new Random(seed);
        var outcomes = Enumerable.Range(0, Look(phases)).Select(_ => bench.Measure(load, windowSeconds, random.NextDouble())).ToList();
        var flagged = outcomes[0].AliasRisk >= AliasRisk.Threshold;
        while (flagged && outcomes.Count < phases)
            outcomes.Add(bench.Measure(load, windowSeconds, random.NextDouble()));
        var sets = flagged ? Math.Max(1, phases / 10) : 0;
        var stratified = Enumerable.Range(0, sets).Select(_ => FourCycles(bench, load, windowSeconds, random.NextDouble())).ToList();
        return new SensorCell(
            load.Name,
            flagged,
            outcomes.Average(o => Math.Abs(o.Error)),
            outcomes.Max(o => Math.Abs(o.Error)),
            outcomes.Count(o => o.Contained) / (double)outcomes.Count,
            stratified.DefaultIfEmpty().Average(),
            outcomes.Average(o => Math.Abs(o.NaiveError)),
            outcomes.Max(o => Math.Abs(o.NaiveError)),
            outcomes[0].NearestError is null ? null : outcomes.Average(o => Math.Abs(o.NearestError ?? 0)));
    }

    static double FourCycles(SensorBench bench, PowerLoad load, double windowSeconds, double phase)
    {
        var cycles = Enumerable.Range(0, 4).Select(j => bench.Measure(load, windowSeconds, phase, stratum: j)).ToList();
        return Math.Abs((cycles.Sum(o => o.Joules) / cycles.Sum(o => o.TrueJoules)) - 1);
    }
}
