using MathNet.Numerics.Statistics;

namespace Lem.Core.Statistics;

/// <summary>Whether a series drifts: Spearman's rank correlation of its batch means with time.</summary>
public static class RankTrend
{
    /// <summary>Ten means: at this number <see cref="Limit"/> is the two-sided 5 % point of Spearman's ρ (0.648).</summary>
    public const int Means = 10;

    /// <summary>|ρ| up to here is no trend.</summary>
    public const double Limit = 0.65;

    /// <summary>ρ of the means of ten equal stretches with their order; null below ten values. A series without any change has none: 0.</summary>
    public static double? Of(ReadOnlySpan<double> series)
    {
        if (series.Length < Means)
            return null;
        var means = new double[Means];
        for (var i = 0; i < Means; i++)
        {
            var (from, to) = ((int)((long)i * series.Length / Means), (int)((long)(i + 1) * series.Length / Means));
            means[i] = Descriptive.Sum(series[from..to]) / (to - from);
        }

        var rho = Correlation.Spearman(means, Enumerable.Range(0, Means).Select(i => (double)i));
        return double.IsNaN(rho) ? 0 : rho;
    }
}
