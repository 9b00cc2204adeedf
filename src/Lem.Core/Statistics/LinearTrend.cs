namespace Lem.Core.Statistics;

/// <summary>Least-squares slope of a series against its index.</summary>
/// <param name="Slope">Change per step, in the unit of the values.</param>
/// <param name="HalfWidth">Half of the slope's 95 % interval, by t with n − 2 degrees.</param>
public sealed record LinearTrend(double Slope, double HalfWidth)
{
    /// <summary>The trend of a series; null below three values.</summary>
    public static LinearTrend? Of(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        if (n < 3)
            return null;
        var middle = (n - 1) / 2.0;
        var mean = Descriptive.Sum(values) / n;
        double xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < n; i++)
        {
            xx += (i - middle) * (i - middle);
            xy += (i - middle) * (values[i] - mean);
            yy += (values[i] - mean) * (values[i] - mean);
        }

        var slope = xy / xx;
        var residual = Math.Max(yy - slope * xy, 0) / (n - 2);
        return new LinearTrend(slope, StudentInterval.Factor(n - 2) * Math.Sqrt(residual / xx));
    }

    /// <summary>Whether the whole interval of the slope lies within ± a limit.</summary>
    public bool IsWithin(double limit) => Math.Abs(Slope) + HalfWidth <= limit;
}
