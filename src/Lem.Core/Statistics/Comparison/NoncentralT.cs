using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace Lem.Core.Statistics.Comparison;

/// <summary>Student's t where there is a difference: what a t test of a real difference sees.</summary>
static class NoncentralT
{
    const int Nodes = 512;

    /// <summary>
    /// P(|T| &gt; critical) with the difference at <paramref name="noncentrality"/> standard errors: the normal tail, averaged over the estimates
    /// s of the standard error, √(χ²_ν/ν) of its true value.
    /// </summary>
    public static double Power(double noncentrality, double degreesOfFreedom, double critical)
    {
        double Beyond(double s) => Normal.CDF(0, 1, noncentrality - critical * s) + Normal.CDF(0, 1, -noncentrality - critical * s);
        if (double.IsPositiveInfinity(degreesOfFreedom))
            return Beyond(1);

        // Ten standard deviations of s about 1; the density is negligible beyond.
        var half = degreesOfFreedom / 2;
        var reach = 10 / Math.Sqrt(2 * degreesOfFreedom);
        var scale = Math.Log(2) + half * Math.Log(half) - SpecialFunctions.GammaLn(half);
        double Density(double s) => Math.Exp(scale + (degreesOfFreedom - 1) * Math.Log(s) - half * s * s);
        return GaussLegendreRule.Integrate(s => Beyond(s) * Density(s), Math.Max(0, 1 - reach), 1 + reach, Nodes);
    }

    /// <summary>The difference in standard errors that is seen with this power.</summary>
    public static double Noncentrality(double power, double degreesOfFreedom, double critical)
    {
        var high = critical + 1;
        while (Power(high, degreesOfFreedom, critical) < power)
            high *= 2;
        return Brent.FindRoot(noncentrality => Power(noncentrality, degreesOfFreedom, critical) - power, 0, high, accuracy: 1e-9, maxIterations: 200);
    }
}
