namespace Lem.Measurement.Energy.Calibrating;

/// <summary>How two recordings of the same load lie beside each other in time: the lag at which they correlate best.</summary>
/// <param name="OffsetSeconds">Add it to the meter's time to have the device's.</param>
/// <param name="Correlation">Pearson's, over the part that both have; 1 = the same shape.</param>
public readonly record struct ClockAlignment(double OffsetSeconds, double Correlation)
{
    const double FinestStepSeconds = 0.05;
    const int MostSteps = 4096;

    /// <summary>Every lag is tried at which at least half of the shorter recording lies beside the other.</summary>
    public static ClockAlignment Find(PowerTrack device, PowerTrack meter)
    {
        var step = Math.Max(FinestStepSeconds, Math.Max(device.End - device.Start, meter.End - meter.Start) / MostSteps);
        var (a, b) = (device.Steps(step), meter.Steps(step));
        var least = Math.Max(2, Math.Min(a.Length, b.Length) / 2);
        var best = (Lag: 0, Correlation: double.NegativeInfinity);
        for (var lag = least - b.Length; lag <= a.Length - least; lag++)
        {
            // b[i] lies beside a[i + lag].
            var from = Math.Max(0, -lag);
            var count = Math.Min(b.Length, a.Length - lag) - from;
            if (count >= least && Pearson(a.AsSpan(from + lag, count), b.AsSpan(from, count)) is var correlation && correlation > best.Correlation)
                best = (lag, correlation);
        }

        return new(device.Start - meter.Start + (best.Lag * step), best.Correlation);
    }

    static double Pearson(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sumA += a[i];
            sumB += b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
            products += a[i] * b[i];
        }

        var spread = ((a.Length * squaresA) - (sumA * sumA)) * ((a.Length * squaresB) - (sumB * sumB));
        return spread > 0 ? ((a.Length * products) - (sumA * sumB)) / Math.Sqrt(spread) : 0;
    }
}
