using MathNet.Numerics.Distributions;

namespace Lem.Core.Statistics.Comparison;

/// <summary>How small a difference a comparison can resolve: found by a two-sided t test in four of five repetitions (power 80 %).</summary>
public static class Resolution
{
    public const double Power = 0.80;

    /// <summary>Beyond it "more cycles" is no answer any more.</summary>
    public const int MostCycles = 10_000;

    /// <summary>The smallest difference that means with this much spread resolve, in their unit.</summary>
    /// <param name="level">Significance of the test, two-sided; Holm's where several are made.</param>
    public static double SmallestDifference(MeanDifference difference, double level = 0.05)
    {
        var (_, degrees) = difference.Variance;
        return difference.StandardError * NoncentralT.Noncentrality(Power, degrees, StudentTails.Quantile(level, degrees));
    }

    /// <summary>Values on each side from which on a difference as large as this one's estimate would be resolved; null where even 10,000 would not do.</summary>
    public static int? CyclesFor(MeanDifference difference, double level = 0.05)
    {
        bool Resolves(int cycles)
        {
            var with = difference.With(cycles);
            var (_, degrees) = with.Variance;
            return NoncentralT.Power(Math.Abs(difference.Estimate) / with.StandardError, degrees, StudentTails.Quantile(level, degrees)) >= Power;
        }

        if (!Resolves(MostCycles))
            return null;
        int low = 2, high = MostCycles;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Resolves(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>
    /// The smallest ratio that two configurations of so many cycles each resolve: 1.05 means that 5 % more is seen, and 1 − 1/1.05 less.
    /// </summary>
    /// <param name="cv">Standard deviation ÷ mean over cycles, taken as that of lognormal values: σ² = ln(1 + CV²) of the logarithms.</param>
    public static double SmallestRatio(int cycles, double cv)
    {
        var spread = new Spread(Math.Log(1 + cv * cv), cycles);
        return Math.Exp(SmallestDifference(new(0, [spread, spread], EstimatedVariance.None)));
    }

    /// <summary>The 95 % interval of a coefficient of variation from so many values (χ² of the spread; the mean counts as known).</summary>
    public static (double Low, double High) IntervalOfCv(double cv, int values)
    {
        double Bound(double probability) => cv * Math.Sqrt((values - 1) / ChiSquared.InvCDF(values - 1, probability));
        return (Bound(0.975), Bound(0.025));
    }
}
