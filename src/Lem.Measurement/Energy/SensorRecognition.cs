namespace Lem.Measurement.Energy;

/// <summary>What a sensor's own readings tell of it: for chips that no table knows, and against tables that have become wrong.</summary>
static class SensorRecognition
{
    const double LeastSwingWatts = 20;

    // A sensor of 100 ms shows each value 50 ms late on average, and in steps of a tenth.
    const double HalfUpdateSeconds = 0.05;
    const double LineTolerance = 0.12;

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

    /// <summary>
    /// Whether a reading is the mean of the last second, seen by how it falls when the load ends: along a straight line, that is by a quarter, a half
    /// and three quarters of the swing at so many parts of a second. A card that stays warm for a while after its load falls at once and then
    /// stays: that is no mean.
    /// </summary>
    /// <param name="close">Where the load ended, seconds.</param>
    /// <returns>Null where nothing can be seen.</returns>
    public static bool? AveragesASecond(PowerCurve curve, double close)
    {
        var (loaded, loadedSd) = curve.Level(close - 0.5, close);
        var (idle, _) = curve.Level(close + 1.5, close + 2.5);
        var swing = loaded - idle;
        if (double.IsNaN(swing) || curve.End < close + 2 || swing < LeastSwingWatts || loadedSd > 0.1 * swing)
            return null;
        bool On(double after, double left) => Math.Abs(((curve.At(close + after + HalfUpdateSeconds) - idle) / swing) - left) < LineTolerance;

        return On(0.25, 0.75) && On(0.5, 0.5) && On(0.75, 0.25) ? true
            : curve.At(close + 0.35) - idle < 0.35 * swing ? false
            : null;
    }
}
