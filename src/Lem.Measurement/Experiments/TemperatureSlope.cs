using Lem.Measurement.Energy;

namespace Lem.Measurement.Experiments;

/// <summary>How fast the GPUs warm up or cool down: what a warm-up waits for beside latency.</summary>
sealed class TemperatureSlope(EnergyMeter meter, TimeProvider time)
{
    // Sensors tell whole degrees: over ten seconds a single step stays far below the half degree per second that matters.
    const double StretchSeconds = 10;
    const int FewestSamples = 5;

    /// <summary>Degrees Celsius per second of the fastest warming GPU over the last ten seconds; null where none tells.</summary>
    public double? Now()
    {
        var now = time.GetTimestamp();
        var from = now - (long)(StretchSeconds * time.TimestampFrequency);
        double? steepest = null;
        for (var channel = 0; channel < meter.Channels.Count; channel++)
        {
            var samples = meter.TelemetryOf(channel, from, now);
            var points = new List<(double Seconds, double Celsius)>();
            foreach (var sample in samples)
                if (sample.TemperatureCelsius is { } celsius)
                    points.Add((time.GetElapsedTime(from, sample.Stamp).TotalSeconds, celsius));
            var slope = Of(points);
            if (slope > (steepest ?? double.NegativeInfinity))
                steepest = slope;
        }

        return steepest;
    }

    /// <summary>Least-squares slope; null below five points, or where they all have one time.</summary>
    internal static double? Of(IReadOnlyList<(double Seconds, double Celsius)> points)
    {
        if (points.Count < FewestSamples)
            return null;
        var (middle, mean) = (points.Average(p => p.Seconds), points.Average(p => p.Celsius));
        var spread = points.Sum(p => (p.Seconds - middle) * (p.Seconds - middle));
        return spread > 0 ? points.Sum(p => (p.Seconds - middle) * (p.Celsius - mean)) / spread : null;
    }
}
