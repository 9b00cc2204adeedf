namespace Lem.Measurement.Load.Prompts;

/// <summary>A distribution of token counts for synthetic workloads; draws are rounded and clamped to [Min, Max].</summary>
/// <param name="Shape">How lengths spread.</param>
/// <param name="Mean">Mean in tokens; for lognormal the mean of the lengths themselves, not of their logarithms.</param>
/// <param name="StandardDeviation">Standard deviation in tokens, likewise.</param>
public sealed record TokenLength(TokenLengthShape Shape, double Mean, double StandardDeviation, int Min, int Max)
{
    public static TokenLength Fixed(int tokens) => new(TokenLengthShape.Fixed, tokens, 0, tokens, tokens);

    internal int Draw(SplitMix64 random)
    {
        var drawn = Shape switch
        {
            TokenLengthShape.Uniform => Min + random.Below(Max - Min + 1),
            TokenLengthShape.Normal => Mean + StandardDeviation * random.NextNormal(),
            TokenLengthShape.LogNormal => LogNormal(random),
            _ => Mean,
        };
        return Math.Clamp((int)Math.Round(drawn), Min, Max);
    }

    // Parameters of the underlying normal from mean m and variance v of the lengths: σ² = ln(1 + v/m²), μ = ln m − σ²/2.
    double LogNormal(SplitMix64 random)
    {
        var variance = Math.Log(1 + StandardDeviation * StandardDeviation / (Mean * Mean));
        return Math.Exp(Math.Log(Mean) - variance / 2 + Math.Sqrt(variance) * random.NextNormal());
    }
}
