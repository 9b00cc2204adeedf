using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Draws token counts from a distribution; draws are rounded and clamped to [min, max], and to at least one.</summary>
/// <remarks>Mean and standard deviation of the lognormal are those of the lengths themselves, not of their logarithms.</remarks>
sealed class TokenLength(TokenLengths law)
{
    readonly double _mean = law.Mean ?? 0;
    readonly double _deviation = law.Sd ?? 0;
    readonly int _min = law.Min ?? 1;
    readonly int _max = law.Max ?? int.MaxValue;

    public int Draw(SplitMix64 random)
    {
        var drawn = law.Dist switch
        {
            LengthDistribution.Uniform => _min + random.Below(_max - _min + 1),
            LengthDistribution.Normal => _mean + _deviation * random.NextNormal(),
            LengthDistribution.Lognormal => LogNormal(random),
            _ => _mean,
        };
        return Math.Clamp((int)Math.Round(drawn), _min, _max);
    }

    // Parameters of the underlying normal from mean m and variance v of the lengths: σ² = ln(1 + v/m²), μ = ln m − σ²/2.
    double LogNormal(SplitMix64 random)
    {
        var variance = Math.Log(1 + _deviation * _deviation / (_mean * _mean));
        return Math.Exp(Math.Log(_mean) - variance / 2 + Math.Sqrt(variance) * random.NextNormal());
    }
}
