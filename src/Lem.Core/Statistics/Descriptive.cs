namespace Lem.Core.Statistics;

/// <summary>Plain sample statistics. Null where the sample is too small to have one.</summary>
public static class Descriptive
{
    /// <summary>Arithmetic mean; null for an empty sample.</summary>
    public static double? Mean(ReadOnlySpan<double> values) => values.IsEmpty ? null : Sum(values) / values.Length;

    /// <summary>Sample standard deviation with n − 1; null below two values.</summary>
    public static double? StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return null;
        var mean = Sum(values) / values.Length;
        double squares = 0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }

    /// <summary>Standard deviation ÷ |mean|; null below two values or where the mean is zero.</summary>
    public static double? CoefficientOfVariation(ReadOnlySpan<double> values) =>
        StandardDeviation(values) is { } sd && Mean(values) is { } mean && mean != 0 ? sd / Math.Abs(mean) : null;

    /// <summary>The middle value; the mean of the two middle ones for an even count; null for an empty sample.</summary>
    public static double? Median(ReadOnlySpan<double> values) => Quantile.OfSorted(Sorted(values), 0.5);

    /// <summary>A sorted copy.</summary>
    public static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Compensated sum (Neumaier 1974): exact to rounding for any order and length.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0, lost = 0;
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
