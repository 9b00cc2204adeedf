namespace Lem.Core.Statistics.Comparison;

/// <summary>
/// A difference of means with all that makes it uncertain. Given logarithms it is the logarithm of a ratio: exp of the estimate and of the
/// interval's ends say how many times the one is the other.
/// </summary>
/// <param name="Spreads">Of both samples (Welch), or of the differences (paired).</param>
/// <param name="Shared">What each side's values have in common and repetition does not average out.</param>
public sealed record MeanDifference(double Estimate, IReadOnlyList<Spread> Spreads, EstimatedVariance Shared)
{
    // A spread of logarithms below this is rounding.
    const double Rounding = 1e-12;

    /// <summary>Variance of the estimate.</summary>
    public EstimatedVariance Variance => EstimatedVariance.Sum([.. Spreads.Select(spread => spread.OfMean), Shared]);

    public double StandardError => Math.Sqrt(Variance.Value);

    /// <summary>
    /// Mean of the second sample − mean of the first, without supposing equal variances (Welch 1947); null below two values on a side.
    /// </summary>
    public static MeanDifference? Welch(ReadOnlySpan<double> first, ReadOnlySpan<double> second, EstimatedVariance shared = default) =>
        Spread(first) is { } a && Spread(second) is { } b ? new(Mean(second) - Mean(first), [a, b], shared) : null;

    /// <summary>Mean of second − first over pairs: what varies from pair to pair alike cancels. Null below two pairs.</summary>
    public static MeanDifference? Paired(ReadOnlySpan<double> first, ReadOnlySpan<double> second, EstimatedVariance shared = default)
    {
        var differences = Differences(first, second);
        return Spread(differences) is { } spread ? new(Mean(differences), [spread], shared) : null;
    }

    /// <summary>second − first, pair by pair.</summary>
    public static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = second[i] - first[i];
        return differences;
    }

    /// <summary>Nothing varies: neither an interval nor a test can be had.</summary>
    public bool HasNoSpread => StandardError < Rounding;

    /// <summary>Two-sided p-value of "the means are equal".</summary>
    public double P => StudentTails.Outside(Estimate / StandardError, Variance.DegreesOfFreedom);

    /// <summary>Estimate ± t·standard error.</summary>
    public (double Low, double High) Interval(double level = 0.95)
    {
        var half = Variance.HalfWidth(level);
        return (Estimate - half, Estimate + half);
    }

    /// <summary>The same figures from another number of values on each side.</summary>
    public MeanDifference With(int count) => this with { Spreads = [.. Spreads.Select(spread => spread with { Count = count })] };

    static Spread? Spread(ReadOnlySpan<double> values) =>
        Descriptive.StandardDeviation(values) is { } sd ? new Spread(sd * sd, values.Length) : null;

    static double Mean(ReadOnlySpan<double> values) => Descriptive.Sum(values) / values.Length;
}
