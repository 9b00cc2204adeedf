namespace Lem.Core.Statistics;

/// <summary>
/// Where the beginning of a series ends, by MSER-5: the cut after which the standard error of what remains is least, over means of five
/// (White, Cobb, Spratt: "A comparison of five steady-state truncation heuristics for simulation", WSC 2000).
/// </summary>
public static class TruncationPoint
{
    const int BatchSize = 5;

    /// <summary>Fewest values that can be judged: ten means.</summary>
    public const int FewestValues = 10 * BatchSize;

    /// <summary>How many values to leave out; null where there are too few, or where the least error lies in the second half: it never settled.</summary>
    public static int? Mser5(ReadOnlySpan<double> series)
    {
        if (series.Length < FewestValues)
            return null;
        var means = new double[series.Length / BatchSize];
        for (var i = 0; i < means.Length; i++)
            means[i] = Descriptive.Sum(series.Slice(i * BatchSize, BatchSize)) / BatchSize;

        // From the end on, mean and squared deviations grow by one value at a time (Welford).
        var (mean, squares, count) = (0.0, 0.0, 0);
        var (best, least) = (0, double.PositiveInfinity);
        for (var cut = means.Length - 1; cut >= 0; cut--)
        {
            count++;
            var difference = means[cut] - mean;
            mean += difference / count;
            squares += difference * (means[cut] - mean);

            // The last few means agree by chance: fewer than five are not judged.
            var error = squares / ((double)count * count);
            if (count >= 5 && error <= least)
                (best, least) = (cut, error);
        }

        return best <= means.Length / 2 ? best * BatchSize : null;
    }
}
