using Lem.Core.Results.Raw;

namespace Lem.Measurement.Energy;

/// <summary>
/// Whether power has stopped drifting: the 95 % interval of slope × duration lies within ± max(1 % of the mean, 0.5 W), by a straight
/// line through the means of ten equal blocks (blocks, because neighbouring readings are not independent).
/// </summary>
readonly record struct SettledRule(bool Settled, double MeanWatts, double VarianceOfMean, double DriftWatts, double DriftHalfWidthWatts)
{
    public const int Blocks = BaselineRecord.Blocks;

    // Student's t, 97.5 %, Blocks − 2 = 8 degrees of freedom.
    const double StudentT = 2.306004;

    public static SettledRule Judge(ReadOnlySpan<double> blockMeansWatts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(blockMeansWatts.Length, Blocks);
        double mean = 0, slope = 0, spread = 0;
        foreach (var watts in blockMeansWatts)
            mean += watts / Blocks;

        // Time runs from −0.5 to 0.5 over the stretch, so that the slope is the drift over its whole length.
        for (var i = 0; i < Blocks; i++)
        {
            var at = At(i);
            slope += at * (blockMeansWatts[i] - mean);
            spread += at * at;
        }

        slope /= spread;
        double residuals = 0, squares = 0;
        for (var i = 0; i < Blocks; i++)
        {
            var off = blockMeansWatts[i] - mean - (slope * At(i));
            residuals += off * off;
            squares += (blockMeansWatts[i] - mean) * (blockMeansWatts[i] - mean);
        }

        var half = StudentT * Math.Sqrt(residuals / (Blocks - 2) / spread);
        var limit = Math.Max(0.01 * Math.Abs(mean), 0.5);
        return new SettledRule(Math.Abs(slope) + half <= limit, mean, squares / (Blocks - 1) / Blocks, slope, half);
    }

    static double At(int block) => ((block + 0.5) / Blocks) - 0.5;
}
