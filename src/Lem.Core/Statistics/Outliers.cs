namespace Lem.Core.Statistics;

/// <summary>Values far from the rest: flagged, never dropped.</summary>
public static class Outliers
{
    public const double Limit = 3.5;
    public const int SmallestSample = 5;

    /// <summary>
    /// Positions whose modified z = 0.6745·|x − median| ÷ MAD exceeds 3.5 (Iglewicz and Hoaglin 1993). Where more than half of the values
    /// are equal, MAD is zero and 1.2533 × the mean absolute deviation stands in. None below five values.
    /// </summary>
    public static IReadOnlyList<int> ByModifiedZ(ReadOnlySpan<double> values)
    {
        if (values.Length < SmallestSample || Descriptive.Median(values) is not { } median)
            return [];
        var distances = new double[values.Length];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Abs(values[i] - median);

        var scale = Descriptive.Median(distances) / 0.6745 ?? 0;
        if (scale == 0)
            scale = 1.253314 * Descriptive.Sum(distances) / distances.Length;
        return scale == 0 ? [] : [.. Enumerable.Range(0, distances.Length).Where(i => distances[i] / scale > Limit)];
    }
}
