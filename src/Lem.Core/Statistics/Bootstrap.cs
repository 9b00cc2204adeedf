using MathNet.Numerics.Distributions;

namespace Lem.Core.Statistics;

/// <summary>Bootstrap intervals of a mean or a ratio over cycles: seeded, so that a result can be recomputed to the last digit.</summary>
/// <remarks>Beside Student's t, not instead: at n = 8 normal values BCa covers 89 % where 95 % is meant.</remarks>
public static class Bootstrap
{
    public const int Resamples = 10_000;
    public const int Seed = 42;

    /// <summary>Percentile interval of the mean (Efron 1979).</summary>
    public static IntervalEstimate PercentileOfMean(ReadOnlySpan<double> values, int resamples = Resamples, int seed = Seed, double level = 0.95) =>
        Percentile(values, Ones(values.Length), resamples, seed, level);

    /// <summary>Percentile interval of Σx ÷ Σy, pairs drawn together.</summary>
    public static IntervalEstimate Percentile(
        ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, int resamples = Resamples, int seed = Seed, double level = 0.95)
    {
        if (numerators.Length < 2)
            return IntervalEstimate.None("too_few_samples");
        if (Draw(numerators, denominators, resamples, seed) is not { } drawn)
            return IntervalEstimate.None("degenerate_resamples");
        var tail = (1 - level) / 2;
        return Between(drawn, tail, 1 - tail, level, "percentile_bootstrap");
    }

    /// <summary>Bias-corrected and accelerated interval of the mean (Efron 1987).</summary>
    public static IntervalEstimate BcaOfMean(ReadOnlySpan<double> values, int resamples = Resamples, int seed = Seed, double level = 0.95) =>
        Bca(values, Ones(values.Length), resamples, seed, level);

    /// <summary>Bias-corrected and accelerated interval of Σx ÷ Σy, pairs drawn together.</summary>
    public static IntervalEstimate Bca(
        ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, int resamples = Resamples, int seed = Seed, double level = 0.95)
    {
        if (numerators.Length < 2 || RatioInterval.Ratio(numerators, denominators) is not { } ratio)
            return IntervalEstimate.None("too_few_samples");
        if (Draw(numerators, denominators, resamples, seed) is not { } drawn
            || RatioInterval.LeaveOneOut(numerators, denominators) is not { } without)
            return IntervalEstimate.None("degenerate_resamples");
        if (drawn[0] == drawn[^1])
            return IntervalEstimate.Of(ratio, ratio, level, "bca");

        var bias = Normal.InvCDF(0, 1, ShareBelow(drawn, ratio));
        if (!double.IsFinite(bias))
            return IntervalEstimate.None("degenerate_resamples");
        var acceleration = Acceleration(without);
        double Corrected(double probability)
        {
            var z = bias + Normal.InvCDF(0, 1, probability);
            return Normal.CDF(0, 1, bias + z / (1 - acceleration * z));
        }

        var tail = (1 - level) / 2;
        return Between(drawn, Corrected(tail), Corrected(1 - tail), level, "bca");
    }

    static double[]? Draw(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, int resamples, int seed)
    {
        var random = new Random(seed);
        var drawn = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            double x = 0, y = 0;
            for (var i = 0; i < numerators.Length; i++)
            {
                var pick = random.Next(numerators.Length);
                x += numerators[pick];
                y += denominators[pick];
            }

            if (y == 0)
                return null;
            drawn[r] = x / y;
        }

        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>Share of draws below the estimate, ties by half.</summary>
    static double ShareBelow(double[] sorted, double value)
    {
        int below = 0, equal = 0;
        foreach (var one in sorted)
        {
            if (one < value)
                below++;
            else if (one == value)
                equal++;
        }

        return (below + equal / 2.0) / sorted.Length;
    }

    static double Acceleration(double[] without)
    {
        var mean = Descriptive.Sum(without) / without.Length;
        double squares = 0, cubes = 0;
        foreach (var one in without)
        {
            var difference = mean - one;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }

        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }

    static IntervalEstimate Between(double[] drawn, double from, double to, double level, string method) =>
        Quantile.OfSorted(drawn, from) is { } low && Quantile.OfSorted(drawn, to) is { } high
            ? IntervalEstimate.Of(low, high, level, method)
            : IntervalEstimate.None("degenerate_resamples");

    static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
