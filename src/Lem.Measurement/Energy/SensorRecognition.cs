namespace Lem.Measurement.Energy;

/// <summary>What a sensor's own readings tell of it: for chips that no table knows, and against tables that have become wrong.</summary>
static class SensorRecognition
{
    const double LeastSwingWatts = 20;

    // Half of W is the lag of a boxcar: 0.5 s for the mean of a second, at most 0.05 s for the others, and 0.1 s of slow fall on real cards.
    const double LagOfASecondsMean = 0.35;

    /// <summary>The update period as the gaps between new values show it, seconds: their lowest mode, for a value that stays the same hides an update.</summary>
    /// <param name="changes">Instants at which a new value was seen.</param>
    /// <returns>Null below five gaps.</returns>
    public static double? UpdateSeconds(IReadOnlyList<double> changes)
    {
        if (changes.Count < 6)
            return null;
        var gaps = new double[changes.Count - 1];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = changes[i + 1] - changes[i];
        Array.Sort(gaps);

        // Gaps are multiples of the period, give or take a polling gap: those within half a period of the lower quartile are single ones.
        var quartile = gaps[gaps.Length / 4];
        return gaps.Where(gap => Math.Abs(gap - quartile) < quartile / 2).Average();
    }

    /// <summary>Whether a reading is the mean of the last second, seen by how slowly it falls when the load ends. Null where nothing can be seen.</summary>
    /// <param name="close">Where the load ended, seconds.</param>
    public static bool? AveragesASecond(PowerCurve curve, double close)
    {
        var (loaded, loadedSd) = curve.Level(close - 0.5, close);
        var (idle, _) = curve.Level(close + 1.5, close + 2.5);
        var swing = loaded - idle;
        if (double.IsNaN(swing) || curve.End < close + 2 || swing < LeastSwingWatts || loadedSd > 0.1 * swing)
            return null;
        return (curve.Integral(close, close + 1.5) - (idle * 1.5)) / swing > LagOfASecondsMean;
    }
}
