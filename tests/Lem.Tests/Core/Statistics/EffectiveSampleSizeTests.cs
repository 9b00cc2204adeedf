using Lem.Core.Statistics;
using Xunit;

namespace Lem.Tests.Core.Statistics;

public class EffectiveSampleSizeTests
{
    [Fact]
    public void Independent_values_count_nearly_in_full() =>
        Assert.InRange(EffectiveSampleSize.Of(Autoregressive(10_000, 0, seed: 1)), 8_500, 10_000);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.98)]
    public void An_autoregressive_series_is_worth_n_times_1_minus_rho_over_1_plus_rho(double rho)
    {
        const int n = 200_000;

        Assert.InRange(EffectiveSampleSize.Of(Autoregressive(n, rho, seed: 2)) / (n * (1 - rho) / (1 + rho)), 0.8, 1.2);
    }

    [Fact]
    public void A_trend_is_worth_next_to_nothing() =>
        Assert.InRange(EffectiveSampleSize.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)]), 0, 10);

    [Fact]
    public void An_alternating_series_claims_no_more_than_its_length() =>
        Assert.Equal(100, EffectiveSampleSize.Of([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : -1.0)]));

    [Fact]
    public void A_constant_series_counts_in_full() => Assert.Equal(50, EffectiveSampleSize.Of([.. Enumerable.Repeat(20.0, 50)]));

    [Fact]
    public void Rounding_does_not_make_a_constant_series_dependent() =>
        Assert.Equal(50, EffectiveSampleSize.Of([.. Enumerable.Range(0, 50).Select(i => (i + 0.1 - i) * 1e3)]));

    internal static double[] Autoregressive(int n, double rho, int seed)
    {
        var random = new Random(seed);
        var series = new double[n];
        double last = 0;
        for (var i = 0; i < n; i++)
            series[i] = last = rho * last + Math.Sqrt(1 - rho * rho) * Normal(random);
        return series;
    }

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
