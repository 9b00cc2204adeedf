using Lem.Core.Results.Raw;
using Lem.Core.Statistics;
using Lem.Core.Statistics.Comparison;

namespace Lem.Benchmarks.Coverage;

/// <summary>Every interval that lem reports, each on data whose truth is known.</summary>
static class CoverageCells
{
    static readonly (double, double) Bar = (0.93, 0.97);
    static readonly int[] CycleCounts = [5, 8, 10, 20, 50, 100, 200];

    // Percentiles of the standard normal distribution.
    static readonly (string Name, double Probability, double Value)[] Percentiles = [("p50", 0.5, 0), ("p90", 0.9, 1.2815515655), ("p99", 0.99, 2.3263478740)];

    public static IReadOnlyList<CoverageCell> All { get; } =
        [.. Means(), .. Ratios(), .. SharedBaselines(), .. Comparisons(), .. Skewed(), .. Series(), .. OrderStatistics(), .. Bootstraps()];

    static IEnumerable<CoverageCell> Means() => CycleCounts.Select(n =>
        new CoverageCell("mean, Student t", $"normal, n = {n}", Bar, 10, random => StudentInterval.OfMean(Simulated.Normals(random, n, 10))));

    // Tokens vary by 5 %, energy by 3 % beside them.
    static IEnumerable<CoverageCell> Ratios() => CycleCounts.Select(n =>
        new CoverageCell("ratio of sums, jackknife t", $"normal, n = {n}", Bar, 0.3, random =>
        {
            var tokens = Simulated.Normals(random, n, 1000, 50);
            return RatioInterval.Jackknife(Energies(random, tokens), tokens);
        }));

    // The baseline is the mean of ten blocks of ±0.8 W, so that over 10 s its error of 2.5 J is comparable to the cycles' own.
    static IEnumerable<CoverageCell> SharedBaselines()
    {
        const double truth = 0.3, seconds = 10, idle = 50;
        static double[] Adjusted(Random random, double[] tokens, out EstimatedVariance shared)
        {
            var blocks = Simulated.Normals(random, BaselineRecord.Blocks, idle, 0.8);
            var baseline = blocks.Average();
            var sd = Descriptive.StandardDeviation(blocks)!.Value; // ten values have one
            shared = new Spread(sd * sd, blocks.Length).OfMean.Scaled(seconds);
            return [.. tokens.Select(t => truth * t + 5 * Simulated.Normal(random) + (idle - baseline) * seconds)];
        }

        foreach (var n in (int[])[3, .. CycleCounts])
        {
            (double, double)? bar = n >= 5 ? Bar : null;
            yield return new("adjusted energy, one baseline", $"normal, n = {n}", bar, truth * 1000, random =>
            {
                var adjusted = Adjusted(random, [.. Enumerable.Repeat(1000.0, n)], out var shared);
                return StudentInterval.OfMeanWithSharedPart(adjusted, shared);
            });
            yield return new("adjusted J/token, one baseline", $"normal, n = {n}", bar, truth, random =>
            {
                var tokens = Simulated.Normals(random, n, 1000, 20);
                return RatioInterval.Jackknife(Adjusted(random, tokens, out var shared), tokens, shared);
            });
        }
    }

    // Logarithms of lognormal J/token: B needs 4 % less than A.
    static IEnumerable<CoverageCell> Comparisons()
    {
        var truth = Math.Log(0.96);
        foreach (var (first, second, ratio) in ((int, int, double)[])[(3, 3, 1), (5, 5, 1), (5, 5, 4), (5, 20, 1), (5, 20, 4), (20, 20, 4), (200, 200, 1)])
        {
            yield return new(
                "log ratio, Welch t", $"lognormal, n = {first} and {second}, sd 1 : {ratio}", first >= 5 ? Bar : null, truth,
                random => Interval(MeanDifference.Welch(Simulated.Normals(random, first, 0, 0.02), Simulated.Normals(random, second, truth, 0.02 * ratio))));
        }

        foreach (var n in (int[])[3, 5, 10, 20, 200])
        {
            yield return new("log ratio, paired t", $"lognormal, n = {n} pairs, a drift in common", n >= 5 ? Bar : null, truth, random =>
            {
                double[] drift = [.. Enumerable.Range(0, n).Select(i => 0.01 * i)];
                double[] Logs(double mean) => [.. drift.Select(d => mean + d + 0.02 * Simulated.Normal(random))];
                return Interval(MeanDifference.Paired(Logs(0), Logs(truth)));
            });
        }
    }

    static IEnumerable<CoverageCell> Skewed() =>
        from sigma in (double[])[0.5, 1]
        from n in CycleCounts
        select new CoverageCell(
            "mean, Student t", $"lognormal σ = {sigma}, n = {n}", sigma <= 0.5 ? (0.90, 1) : null, Math.Exp(sigma * sigma / 2),
            random => StudentInterval.OfMean(Simulated.Lognormals(random, n, sigma)));

    static IEnumerable<CoverageCell> Series()
    {
        foreach (var (n, effort) in ((int, double)[])[(500, 1), (2000, 0.5)])
        {
            foreach (var rho in (double[])[0, 0.3, 0.5, 0.8, 0.9])
            {
                (double, double)? bar = rho <= 0.8 ? Bar : null;
                yield return new(
                    "mean over requests, t with n_eff", $"AR(1) ρ = {rho}, n = {n}", bar, 0,
                    random => OfSeries(Simulated.Autoregressive(random, n, rho)), effort);
            }

            yield return new("ratio over requests, t with n_eff", $"AR(1) ρ = 0.5, n = {n}", Bar, 0.3, random =>
            {
                double[] tokens = [.. Simulated.Autoregressive(random, n, 0.5).Select(v => 1000 + 50 * v)];
                return RatioInterval.OfSeries(Energies(random, tokens), tokens);
            }, effort);
        }
    }

    // Their promise is "at least", ranks being whole numbers; half a percent is left to chance.
    static IEnumerable<CoverageCell> OrderStatistics() =>
        from percentile in Percentiles
        from n in (int[])[20, 100, 500, 1000, 5000]
        where Quantile.Interval(new double[n], percentile.Probability, n).Interval is not null
        select new CoverageCell(
            "percentile, order statistics", $"normal, {percentile.Name}, n = {n}", (0.945, 1), percentile.Value,
            random => Quantile.Interval(Descriptive.Sorted(Simulated.Normals(random, n)), percentile.Probability, n), n > 1000 ? 0.4 : 1);

    static IEnumerable<CoverageCell> Bootstraps() =>
        from n in (int[])[5, 8, 10, 20, 50]
        let effort = n switch { 5 => 0.3, < 20 => 0.23, _ => 0.15 }
        from cell in (CoverageCell[])
        [
            new("mean, BCa", $"normal, n = {n}", null, 10, random => Bootstrap.BcaOfMean(Simulated.Normals(random, n, 10)), effort),
            new("mean, percentile bootstrap", $"normal, n = {n}", null, 10, random => Bootstrap.PercentileOfMean(Simulated.Normals(random, n, 10)), effort),
        ]
        orderby cell.Group
        select cell;

    static double[] Energies(Random random, double[] tokens) => [.. tokens.Select(t => 0.3 * t + 10 * Simulated.Normal(random))];

    static IntervalEstimate OfSeries(double[] series) => StudentInterval.OfSeriesMean(series, EffectiveSampleSize.Of(series));

    static IntervalEstimate Interval(MeanDifference? difference) => difference?.Interval() is var (low, high)
        ? IntervalEstimate.Of(low, high, 0.95, "student_t")
        : IntervalEstimate.None("too_few_samples");
}
