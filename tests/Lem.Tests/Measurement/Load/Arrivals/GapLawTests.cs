using Lem.Core.Configuration;
using Lem.Measurement.Load.Arrivals;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Lem.Tests.Measurement.Load.Arrivals;

public sealed class GapLawTests
{
    const int N = 50_000;

    // Kolmogorov–Smirnov against the law's distribution by another library: √N·D exceeds 1.628 once in a hundred seeds, and this one is fixed.
    [Theory]
    [InlineData(ArrivalKind.Poisson, 1)]
    [InlineData(ArrivalKind.Gamma, 0.1)]
    [InlineData(ArrivalKind.Gamma, 0.5)]
    [InlineData(ArrivalKind.Gamma, 1)]
    [InlineData(ArrivalKind.Gamma, 2.5)]
    [InlineData(ArrivalKind.Gamma, 40)]
    public void Gaps_follow_their_law(ArrivalKind kind, double shape)
    {
        double[] gaps = [.. Draw(kind, shape, seed: 11).Order()];

        double distance = 0;
        for (var i = 0; i < N; i++)
        {
            var below = Below(gaps[i], shape);
            distance = Math.Max(distance, Math.Max(below - ((double)i / N), ((i + 1.0) / N) - below));
        }

        Assert.InRange(distance * Math.Sqrt(N), 0, 1.628);
    }

    [Theory]
    [InlineData(ArrivalKind.Poisson, 1)]
    [InlineData(ArrivalKind.Gamma, 0.25)]
    [InlineData(ArrivalKind.Gamma, 9)]
    public void Gaps_have_a_mean_of_one_and_the_variance_of_their_shape(ArrivalKind kind, double shape)
    {
        var gaps = Draw(kind, shape, seed: 12);

        var mean = gaps.Average();
        var variance = gaps.Average(gap => (gap - mean) * (gap - mean));
        // Four standard errors; the fourth central moment of a gamma law of mean one is (3 + 6/k) / k².
        Assert.Equal(1, mean, 4 / Math.Sqrt(shape * N));
        Assert.Equal(1 / shape, variance, 4 * Math.Sqrt((2 + (6 / shape)) / (shape * shape * N)));
    }

    [Fact]
    public void Gaps_follow_one_another_without_memory()
    {
        var gaps = Draw(ArrivalKind.Gamma, 0.5, seed: 13);

        // Lag-one correlation of independent draws: standard error 1/√N.
        var products = gaps.Zip(gaps.Skip(1), (one, next) => (one - 1) * (next - 1)).Average() * 0.5;
        Assert.Equal(0, products, 4 / Math.Sqrt(N));
    }

    // The other library takes what is below 1e-15 for zero, where bursty laws have much: there the first term of the series is the whole.
    static double Below(double gap, double shape) => gap < 1e-9
        ? Math.Pow(shape * gap, shape) / SpecialFunctions.Gamma(shape + 1)
        : Gamma.CDF(shape, shape, gap);

    static double[] Draw(ArrivalKind kind, double shape, ulong seed)
    {
        var law = new GapLaw(kind, shape, seed);
        return [.. Enumerable.Range(0, N).Select(_ => law.Next())];
    }
}
