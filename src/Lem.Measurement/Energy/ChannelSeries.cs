namespace Lem.Measurement.Energy;

/// <summary>One channel's readings over a stretch of time, in order: plain values for the formulas of energy.</summary>
/// <param name="Truncated">The trace no longer holds the beginning of what was asked for.</param>
public sealed record ChannelSeries(EnergyChannel Channel, IReadOnlyList<SeriesPoint> Points, bool Truncated = false)
{
    /// <summary>Readings that have a counter.</summary>
    internal IReadOnlyList<SeriesPoint> Counters() => [.. Points.Where(point => !double.IsNaN(point.EnergyJoules))];

    /// <summary>Readings that have power.</summary>
    internal IReadOnlyList<SeriesPoint> Powers() => [.. Points.Where(point => !double.IsNaN(point.PowerWatts))];

    /// <summary>Typical time between two readings as they were taken, seconds; zero below two.</summary>
    internal double TypicalGapSeconds()
    {
        var gaps = new List<double>(Points.Count);
        for (var i = 1; i < Points.Count; i++)
            gaps.Add((Points[i].AtSeconds - Points[i - 1].AtSeconds) / Points[i].Folded);
        gaps.Sort();
        return gaps.Count > 0 ? gaps[gaps.Count / 2] : 0;
    }

    /// <summary>Longest time for which several readings have been folded into one, seconds; zero where none were.</summary>
    internal double FoldSeconds()
    {
        double longest = 0;
        for (var i = 1; i < Points.Count; i++)
            if (Points[i].Folded > 1)
                longest = Math.Max(longest, Points[i].AtSeconds - Points[i - 1].AtSeconds);
        return longest;
    }
}
