namespace Lem.Core.Statistics.Comparison;

/// <summary>How much single values vary, and how many there are.</summary>
/// <param name="Variance">Sample variance with n − 1.</param>
public readonly record struct Spread(double Variance, int Count)
{
    /// <summary>The variance of the values' mean.</summary>
    public EstimatedVariance OfMean => new(Variance / Count, Count - 1);
}
