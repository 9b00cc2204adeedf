namespace Lem.Core.Statistics;

/// <summary>A two-sided confidence interval, in the unit of what it is about.</summary>
/// <param name="Level">Nominal coverage, 0–1.</param>
/// <param name="Method">student_t, student_t_n_eff, ratio_n_eff, jackknife_t, order_statistics, bca, percentile_bootstrap.</param>
public sealed record ConfidenceInterval(double Low, double High, double Level, string Method)
{
    /// <summary>Whether a value lies inside, the ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
