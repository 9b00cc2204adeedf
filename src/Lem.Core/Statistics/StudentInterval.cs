namespace Lem.Core.Statistics;

/// <summary>Intervals of a mean by Student's t.</summary>
public static class StudentInterval
{
    /// <summary>Fewest independent requests for which a mean gets an interval.</summary>
    public const double SmallestEffectiveSize = 30;

    /// <summary>The t that a central interval of this level needs: 12.706 at one degree of freedom and 95 %.</summary>
    public static double Factor(double degreesOfFreedom, double level = 0.95) =>
        StudentTails.Quantile(1 - level, degreesOfFreedom);

    /// <summary>Mean ± t·s/√n of independent values: the interval over cycles. Refused below two.</summary>
    public static IntervalEstimate OfMean(ReadOnlySpan<double> values, double level = 0.95) =>
        OfMeanWithSharedPart(values, EstimatedVariance.None, level);

    /// <summary>
    /// Mean ± t·√(s²/n + shared) of independent values that share one uncertain part, such as a baseline subtracted from each:
    /// its variance enters the mean once. Degrees by Welch and Satterthwaite: where the shared part dominates, few values cost little.
    /// </summary>
    public static IntervalEstimate OfMeanWithSharedPart(ReadOnlySpan<double> values, EstimatedVariance shared, double level = 0.95)
    {
        if (Descriptive.StandardDeviation(values) is not { } sd)
            return IntervalEstimate.None("too_few_samples");
        var mean = Descriptive.Sum(values) / values.Length;
        var half = EstimatedVariance.Sum(new(sd * sd / values.Length, values.Length - 1), shared).HalfWidth(level);
        return IntervalEstimate.Of(mean - half, mean + half, level, "student_t");
    }

    /// <summary>
    /// Mean ± t·s/√n_eff of a series in the order of its making, whose neighbours may depend on each other: the interval over requests.
    /// Refused below 30 independent values.
    /// </summary>
    public static IntervalEstimate OfSeriesMean(ReadOnlySpan<double> series, double effectiveSize, double level = 0.95)
    {
        if (effectiveSize < SmallestEffectiveSize || Descriptive.StandardDeviation(series) is not { } sd)
            return IntervalEstimate.None("too_few_independent_samples");
        var mean = Descriptive.Sum(series) / series.Length;
        var half = Factor(effectiveSize - 1, level) * sd / Math.Sqrt(effectiveSize);
        return IntervalEstimate.Of(mean - half, mean + half, level, "student_t_n_eff");
    }
}
