using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace Lem.Core.Statistics;

/// <summary>Student's t distribution, seen from its tails: exact for every level and every number of degrees, whole or not.</summary>
/// <remarks>MathNet's own quantile searches within ±800, beyond which 0.08 % of the values at one degree of freedom still lie.</remarks>
public static class StudentTails
{
    // From here on t and normal quantiles agree to 10⁻⁶, and the incomplete beta function begins to lose digits.
    const double AsGoodAsNormal = 1e6;

    /// <summary>P(|T| &gt; |t|), the two-sided p-value of a t.</summary>
    public static double Outside(double t, double degreesOfFreedom) => degreesOfFreedom >= AsGoodAsNormal
        ? SpecialFunctions.Erfc(Math.Abs(t) / Constants.Sqrt2)
        : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));

    /// <summary>The t beyond which, on both sides together, this share lies: 12.706 for 0.05 at one degree of freedom.</summary>
    /// <param name="outside">Above 0, at most 1.</param>
    public static double Quantile(double outside, double degreesOfFreedom)
    {
        var normal = -Normal.InvCDF(0, 1, outside / 2);
        if (normal <= 0 || degreesOfFreedom >= AsGoodAsNormal)
            return Math.Max(normal, 0);

        // In logarithms of t and of the share the tail is nearly a straight line, and t is never nearer than the normal quantile.
        var goal = Math.Log(outside);
        double Excess(double logT) => Math.Log(Math.Max(Outside(Math.Exp(logT), degreesOfFreedom), double.Epsilon)) - goal;
        var low = Math.Log(normal) - 1e-6;
        var step = 0.5;
        while (Excess(low + step) > 0)
            step *= 2;
        return Math.Exp(Brent.FindRoot(Excess, low, low + step, accuracy: 1e-13, maxIterations: 200));
    }
}
