namespace Lem.Measurement.Energy;

/// <summary>One channel's readings over a stretch of time, in order: plain values for the formulas of energy.</summary>
/// <param name="Truncated">The trace no longer holds the beginning of what was asked for.</param>
public sealed record ChannelSeries(EnergyChannel Channel, IReadOnlyList<SeriesPoint> Points, bool Truncated = false)
{
    /// <summary>Readings that have a counter.</summary>
    internal IReadOnlyList<SeriesPoint> Counters() => [.. Points.Where(point => !double.IsNaN(point.EnergyJoules))];

    /// <summary>Readings that have power.</summary>
    internal IReadOnlyList<SeriesPoint> Powers() => [.. Points.Where(point => !double.IsNaN(point.PowerWatts))];

    /// <summary>Typical time between two readings, seconds; zero below two.</summary>
    internal double TypicalGapSeconds()
    {
        if (Points.Count < 2)
            return 0;
        var gaps = new double[Points.Count - 1];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = Points[i + 1].AtSeconds - Points[i].AtSeconds;
        Array.Sort(gaps);
        return gaps[gaps.Length / 2];
    }
}
