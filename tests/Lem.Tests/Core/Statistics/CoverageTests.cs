using Lem.Core.Results.Raw;
using Lem.Core.Statistics;
using Lem.Core.Statistics.Comparison;
using Xunit;

namespace Lem.Tests.Core.Statistics;

/// <summary>Do 95 % intervals contain the truth 95 times of a hundred? Seeded and small: the large table is a benchmark.</summary>
public class CoverageTests
{
    const int Trials = 2_000;

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void Student_t_covers_the_mean_of_normal_values(int n) =>
        Assert.InRange(Coverage(random => StudentInterval.OfMean(Normals(random, n, 10, 1)), truth: 10), 0.93, 0.97);

    [Fact]
    public void Jackknife_t_covers_a_ratio() =>
        Assert.InRange(
            Coverage(
                random =>
                {
                    var tokens = Normals(random, 5, 1000, 50);
                    return RatioInterval.Jackknife([.. tokens.Select(t => 0.3 * t + 10 * EffectiveSampleSizeTests.Normal(random))], tokens);
                },
                truth: 0.3),
            0.93,
            0.97);

    /// <summary>
    /// Cycles of one load: each window's energy scatters, and all lose the same wrong baseline. Without the baseline's share the interval
    /// of J/token contained the truth 78 times of a hundred at three cycles, and 28 times at twenty.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void A_shared_baseline_is_covered_in_a_ratio(int n) =>
        Assert.InRange(
            Coverage(
                random =>
                {
                    const double seconds = 10, idle = 50, scatter = 2;
                    var blocks = Normals(random, BaselineRecord.Blocks, idle, 0.8);
                    var tokens = Normals(random, n, 1000, 20);
                    var baseline = blocks.Average();
                    double[] adjusted = [.. tokens.Select(t => 0.3 * t + scatter * EffectiveSampleSizeTests.Normal(random) + (idle - baseline) * seconds)];
                    var shared = new Spread(Math.Pow(Descriptive.StandardDeviation(blocks)!.Value, 2), blocks.Length).OfMean.Scaled(seconds);
                    return RatioInterval.Jackknife(adjusted, tokens, shared);
                },
                truth: 0.3),
            0.93,
            0.97);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.8)]
    public void The_effective_size_covers_the_mean_of_a_correlated_series(double rho) =>
        Assert.InRange(
            Coverage(
                random =>
                {
                    var series = EffectiveSampleSizeTests.Autoregressive(500, rho, random.Next());
                    return StudentInterval.OfSeriesMean(series, EffectiveSampleSize.Of(series));
                },
                truth: 0),
            0.92,
            0.97);

    [Fact]
    public void Order_statistics_cover_the_99th_percentile() =>
        Assert.InRange(
            Coverage(random => Quantile.Interval(Descriptive.Sorted(Normals(random, 1000, 0, 1)), 0.99, 1000), truth: 2.3263479),
            0.94,
            0.99);

    /// <summary>Share of the intervals given that contain the truth; a refused interval promises nothing.</summary>
    static double Coverage(Func<Random, IntervalEstimate> interval, double truth)
    {
        var random = new Random(20260131);
        var given = Enumerable.Range(0, Trials).Select(_ => interval(random).Interval).OfType<ConfidenceInterval>().ToList();
        Assert.True(given.Count > 0.9 * Trials);
        return (double)given.Count(i => i.Contains(truth)) / given.Count;
    }

    static double[] Normals(Random random, int n, double mean, double sd)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
            values[i] = mean + sd * EffectiveSampleSizeTests.Normal(random);
        return values;
    }
}
