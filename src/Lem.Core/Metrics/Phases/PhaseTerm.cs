using Lem.Core.Statistics;

namespace Lem.Core.Metrics.Phases;

/// <summary>One coefficient of a <see cref="PhaseRegression"/>.</summary>
/// <param name="Interval">95 %, Student's t.</param>
/// <param name="VarianceInflation">
/// 1 ÷ (1 − R²) of this column on the others: how many times larger the coefficient's variance is than with independent columns. Above 10 it cannot
/// be told from the others.
/// </param>
public sealed record PhaseTerm(double Value, ConfidenceInterval Interval, double VarianceInflation)
{
    public const double LargestInflation = 10;

    public bool IsIdentified => VarianceInflation <= LargestInflation;
}
