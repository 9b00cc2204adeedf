namespace Lem.Measurement.Energy.Calibrating;

/// <summary>A stretch in which a device and a meter both saw steady power.</summary>
/// <param name="FromSeconds">On the device's clock.</param>
/// <param name="DeviceWatts">Mean by the device's own sensor.</param>
/// <param name="MeterWatts">Mean by the meter.</param>
/// <param name="DeviceVariance">Of the mean, W².</param>
/// <param name="MeterVariance">Of the mean, W².</param>
public readonly record struct Plateau(
    double FromSeconds, double ToSeconds, double DeviceWatts, double MeterWatts, double DeviceVariance, double MeterVariance)
{
    const double StepSeconds = 0.1;

    // A sensor shows the last second's mean, so that a step is whole only a second after it; and power creeps on for a while.
    const double AfterStepSeconds = 1.5;
    const double BeforeStepSeconds = 0.8;
    const double ShortestSeconds = 1;

    // Steady enough that a device and a meter half a second apart still see the same power.
    const double MaxDriftFraction = 0.02;
    const double MaxDriftWatts = 1;

    // Less than this between the two plateaus tells offset and gain not apart.
    const double LeastStepWatts = 20;

    /// <summary>The longest steady stretch below and above the middle of the device's range; null where there is none.</summary>
    /// <param name="meter">On the device's clock.</param>
    public static (Plateau? Low, Plateau? High) Find(PowerTrack device, PowerTrack meter)
    {
        var steps = device.Steps(StepSeconds);
        var sorted = steps.Order().ToArray();
        if (sorted.Length == 0 || Quantile(sorted, 0.95) - Quantile(sorted, 0.05) is not >= LeastStepWatts)
            return (null, null);
        var middle = (Quantile(sorted, 0.95) + Quantile(sorted, 0.05)) / 2;
        var stretches = Stretches(steps, middle, device.Start).ToList();
        return (Longest(false), Longest(true));

        Plateau? Longest(bool high) => stretches.Where(s => s.High == high)
            .Select(s => Steady(device, meter, Math.Max(s.From, meter.Start), Math.Min(s.To, meter.End)))
            .OfType<Plateau>()
            .OrderByDescending(p => p.ToSeconds - p.FromSeconds)
            .Select(p => (Plateau?)p)
            .FirstOrDefault();
    }

    // Runs on one side of the middle, without what lies near a step.
    static IEnumerable<(bool High, double From, double To)> Stretches(double[] steps, double middle, double start)
    {
        for (int first = 0, next; first < steps.Length; first = next)
        {
            var high = steps[first] > middle;
            next = first + 1;
            while (next < steps.Length && steps[next] > middle == high)
                next++;
            yield return (
                high,
                start + (first * StepSeconds) + (first > 0 ? AfterStepSeconds : 0),
                start + (next * StepSeconds) - (next < steps.Length ? BeforeStepSeconds : 0));
        }
    }

    // All of it, else its end, which has had the longest time to settle.
    static Plateau? Steady(PowerTrack device, PowerTrack meter, double from, double to)
    {
        foreach (var part in (ReadOnlySpan<double>)[1, 0.75, 0.5, 0.25])
        {
            var begin = to - ((to - from) * part);
            if (to - begin < ShortestSeconds)
                return null;
            var (own, true_) = (SettledRule.Judge(device.Blocks(begin, to)), SettledRule.Judge(meter.Blocks(begin, to)));
            if (IsSteady(own) && IsSteady(true_))
                return new(begin, to, own.MeanWatts, true_.MeanWatts, own.VarianceOfMean, true_.VarianceOfMean);
        }

        return null;
    }

    static bool IsSteady(SettledRule rule) =>
        Math.Max(MaxDriftWatts, MaxDriftFraction * Math.Abs(rule.MeanWatts)) is var limit && Math.Abs(rule.DriftWatts) <= limit && rule.DriftHalfWidthWatts <= limit;

    static double Quantile(double[] sorted, double fraction) => sorted[(int)Math.Round(fraction * (sorted.Length - 1))];
}
