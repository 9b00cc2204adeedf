namespace Lem.Core.Statistics;

/// <summary>A variance, and how well it is itself known.</summary>
/// <param name="Value">In the squared unit of what varies.</param>
/// <param name="DegreesOfFreedom">n − 1 of the values it was estimated from; infinite where it is known exactly.</param>
public readonly record struct EstimatedVariance(double Value, double DegreesOfFreedom = double.PositiveInfinity)
{
    public static EstimatedVariance None => new(0);

    /// <summary>The variance of the same quantity times a factor.</summary>
    public EstimatedVariance Scaled(double factor) => this with { Value = Value * factor * factor };

    /// <summary>
    /// The variance of a sum of independent quantities. Its degrees of freedom are (Σv)² ÷ Σ(v²/ν) (Satterthwaite, Biometrics Bulletin 2, 1946;
    /// Welch, Biometrika 34, 1947).
    /// </summary>
    public static EstimatedVariance Sum(params IReadOnlyList<EstimatedVariance> parts)
    {
        double sum = 0, squares = 0;
        foreach (var (value, degrees) in parts.Where(part => part.Value > 0))
        {
            sum += value;
            squares += value * value / degrees;
        }

        return new(sum, squares > 0 ? sum * sum / squares : double.PositiveInfinity);
    }

    /// <summary>t·√v: half of the interval of an estimate with this variance.</summary>
    public double HalfWidth(double level = 0.95) => StudentInterval.Factor(DegreesOfFreedom, level) * Math.Sqrt(Value);
}
