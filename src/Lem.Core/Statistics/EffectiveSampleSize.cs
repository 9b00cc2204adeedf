using System.Buffers;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Lem.Core.Statistics;

/// <summary>How many independent values a series is worth: n ÷ (1 + 2·Σ autocorrelations).</summary>
/// <remarks>
/// The sum ends by Geyer's initial positive sequence (Statistical Science 7, 1992): pairs ρ(2k) + ρ(2k+1) while they are above zero.
/// Never more than n: what a negative correlation would gain is not claimed.
/// </remarks>
public static class EffectiveSampleSize
{
    const int DirectLags = 64;

    // A spread below this share of the mean is rounding of the clock, and its correlation says nothing.
    const double Rounding = 1e-9;

    /// <summary>Independent values in a series in the order of its making. A constant series counts in full.</summary>
    public static double Of(ReadOnlySpan<double> series)
    {
        var n = series.Length;
        if (n < 4)
            return n;
        var mean = Descriptive.Sum(series) / n;
        var room = ArrayPool<double>.Shared.Rent(n);
        var size = Of(Centre(series, mean, room.AsSpan(0, n)), mean);
        ArrayPool<double>.Shared.Return(room);
        return size;
    }

    static double Of(ReadOnlySpan<double> centred, double mean)
    {
        var n = centred.Length;
        var variance = Autocovariance(centred, 0);
        if (Math.Sqrt(variance) <= Rounding * Math.Abs(mean))
            return n;

        double[]? all = null;
        double sum = 0;
        for (var lag = 0; lag + 1 < n; lag += 2)
        {
            // Most series end within a few lags; a long memory is cheaper through the spectrum.
            if (lag >= DirectLags)
                all ??= AllAutocovariances(centred);
            var pair = all is null
                ? Autocovariance(centred, lag) + Autocovariance(centred, lag + 1)
                : all[lag] + all[lag + 1];
            if (pair <= 0)
                break;
            sum += pair / variance;
        }

        // Σ pairs counts ρ(0) = 1 once: 1 + 2·Σρ = 2·Σ pairs − 1.
        return Math.Min(n, n / Math.Max(2 * sum - 1, 1.0 / n));
    }

    static Span<double> Centre(ReadOnlySpan<double> series, double mean, Span<double> centred)
    {
        for (var i = 0; i < centred.Length; i++)
            centred[i] = series[i] - mean;
        return centred;
    }

    static double Autocovariance(ReadOnlySpan<double> centred, int lag) =>
        Dot(centred[..^lag], centred[lag..]) / centred.Length;

    static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    static double[] AllAutocovariances(ReadOnlySpan<double> centred)
    {
        // Padded with as many zeros, so that the circular correlation is the plain one.
        var spectrum = new Complex[BitOperations.RoundUpToPowerOf2((uint)(2 * centred.Length))];
        for (var i = 0; i < centred.Length; i++)
            spectrum[i] = centred[i];
        Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
        for (var i = 0; i < spectrum.Length; i++)
            spectrum[i] = spectrum[i].Real * spectrum[i].Real + spectrum[i].Imaginary * spectrum[i].Imaginary;
        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);

        var covariances = new double[centred.Length];
        for (var lag = 0; lag < covariances.Length; lag++)
            covariances[lag] = spectrum[lag].Real / centred.Length;
        return covariances;
    }
}
