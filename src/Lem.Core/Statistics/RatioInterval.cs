namespace Lem.Core.Statistics;

/// <summary>Intervals of a ratio of sums, such as joules per token: never the mean of ratios.</summary>
public static class RatioInterval
{
    /// <summary>Σx ÷ Σy; null where Σy is zero.</summary>
    public static double? Ratio(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        var denominator = Descriptive.Sum(denominators);
        return denominator == 0 ? null : Descriptive.Sum(numerators) / denominator;
    }

    /// <summary>Jackknife-t over independent pairs: each left out once, t with n − 1 degrees. The interval over cycles.</summary>
    public static IntervalEstimate Jackknife(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double level = 0.95) =>
        Jackknife(numerators, denominators, EstimatedVariance.None, level);

    /// <summary>The same where the numerators' mean x̄ has a shared uncertain part: Var(r) += Var(shared) ÷ ȳ².</summary>
    public static IntervalEstimate Jackknife(
        ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, EstimatedVariance shared, double level = 0.95)
    {
        var n = numerators.Length;
        if (n < 2 || Ratio(numerators, denominators) is not { } ratio)
            return IntervalEstimate.None("too_few_samples");

        if (LeaveOneOut(numerators, denominators) is not { } without)
            return IntervalEstimate.None("degenerate_resamples");
        var mean = Descriptive.Sum(without) / n;
        double squares = 0;
        foreach (var one in without)
            squares += (one - mean) * (one - mean);
        var ofRatio = shared.Scaled(n / Descriptive.Sum(denominators));
        var half = EstimatedVariance.Sum(new((n - 1.0) / n * squares, n - 1), ofRatio).HalfWidth(level);
        return IntervalEstimate.Of(ratio - half, ratio + half, level, "jackknife_t");
    }

    /// <summary>
    /// A ratio over requests in the order of their making: t with the effective size of the residuals x − r·y (first-order Taylor variance).
    /// Refused below 30 independent requests.
    /// </summary>
    public static IntervalEstimate OfSeries(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double level = 0.95)
    {
        if (Ratio(numerators, denominators) is not { } ratio)
            return IntervalEstimate.None("too_few_independent_samples");
        var residuals = new double[numerators.Length];
        for (var i = 0; i < residuals.Length; i++)
            residuals[i] = numerators[i] - ratio * denominators[i];

        var effective = EffectiveSampleSize.Of(residuals);
        var mean = StudentInterval.OfSeriesMean(residuals, effective, level);
        if (mean.Interval is not { } interval)
            return mean;
        var half = (interval.High - interval.Low) / 2 / Math.Abs(Descriptive.Sum(denominators) / denominators.Length);
        return IntervalEstimate.Of(ratio - half, ratio + half, level, "ratio_n_eff");
    }

    /// <summary>The ratio with each pair left out once; null where one of them has no denominator left.</summary>
    internal static double[]? LeaveOneOut(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        double x = Descriptive.Sum(numerators), y = Descriptive.Sum(denominators);
        var without = new double[numerators.Length];
        for (var i = 0; i < without.Length; i++)
        {
            var rest = y - denominators[i];
            if (rest == 0)
                return null;
            without[i] = (x - numerators[i]) / rest;
        }

        return without;
    }
}
