using System.Globalization;
using System.IO.Compression;
using Lem.Measurement.Energy;

namespace Lem.Tests.Shared.Energy;

/// <summary>
/// One GPU's power as NVML told it and, in the same seconds, as a meter in its supply lines measured it
/// (JimZeyuYang/GPU_Power_Benchmark, arXiv 2312.02741). Times in seconds on one clock.
/// </summary>
sealed class MeteredTrace
{
    readonly PowerCurve _meter;

    MeteredTrace(string folder, string card)
    {
        Meter = [.. Rows(folder, $"{card}_TR.meter.csv.gz").Select(row => new SeriesPoint(row[0] / 1e3, 0, double.NaN, row[1]))];
        _meter = new PowerCurve(Meter);
        var nvml = Rows(folder, $"{card}_TR.nvml.csv").ToList();
        Draw = [.. nvml.Select(row => new SeriesPoint(row[0] / 1e3, 0, double.NaN, row[1]))];
        Instant = [.. nvml.Select(row => new SeriesPoint(row[0] / 1e3, 0, double.NaN, row[2]))];
        var edges = Rows(folder, $"{card}_TR.load_edges.csv").Select(row => row[0] / 1e3).Distinct().ToList();
        (LoadStart, LoadEnd, LastEdge) = (edges[0], edges[1], edges[^1]);
    }

    /// <summary>What the external meter saw.</summary>
    public IReadOnlyList<SeriesPoint> Meter { get; }

    /// <summary>Readings of <c>power.draw</c>.</summary>
    public IReadOnlyList<SeriesPoint> Draw { get; }

    /// <summary>Readings of field 186; NaN where the card has none.</summary>
    public IReadOnlyList<SeriesPoint> Instant { get; }

    public double LoadStart { get; }

    public double LoadEnd { get; }

    public double LastEdge { get; }

    /// <summary>Where the traces are; null where they are not.</summary>
    public static string? Folder { get; } = new[] { "..", "../.." }
        .Select(up => Path.Combine(Repository.Root, up, "shared/data/gpu-power"))
        .FirstOrDefault(Directory.Exists);

    public static MeteredTrace Load(string folder, string card) => new(folder, card);

    /// <summary>Energy by the external meter.</summary>
    public double TrueJoules(double from, double to) => _meter.Integral(from, to);

    /// <summary>The readings with the card's gain and offset taken out, as two settled plateaus give them.</summary>
    public IReadOnlyList<SeriesPoint> Calibrated(IReadOnlyList<SeriesPoint> readings)
    {
        var curve = new PowerCurve(readings);
        var ((idleFrom, idleTo), (loadFrom, loadTo)) = ((LoadStart - 1, LoadStart - 0.1), (LoadEnd - 3, LoadEnd - 0.1));
        double Mean(PowerCurve of, double from, double to) => of.Integral(from, to) / (to - from);

        var (idle, load) = (Mean(curve, idleFrom, idleTo), Mean(curve, loadFrom, loadTo));
        var (trueIdle, trueLoad) = (Mean(_meter, idleFrom, idleTo), Mean(_meter, loadFrom, loadTo));
        var gain = (trueLoad - trueIdle) / (load - idle);
        return [.. readings.Select(reading => reading with { PowerWatts = trueIdle + (gain * (reading.PowerWatts - idle)) })];
    }

    static IEnumerable<double[]> Rows(string folder, string file)
    {
        using Stream raw = File.OpenRead(Path.Combine(folder, file));
        using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var text = new StreamReader(stream);
        text.ReadLine();
        while (text.ReadLine() is { } line)
            yield return [.. line.Split(',').Select(cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture))];
    }
}
