namespace Lem.Measurement.Energy;

/// <summary>
/// When a polled part-time sensor updates, so that cycles can start at different phases of it: cycle j a quarter of U later than cycle j − 1
/// sees another quarter of the sensor's period, and four of them see it whole.
/// </summary>
public static class SensorPhase
{
    const int Strata = 4;
    const double LookBackSeconds = 3;
    const int FewestUpdates = 5;

    /// <summary>How long a window must wait, at most U, to open at an update + (<paramref name="cycle"/> mod 4)·U/4.</summary>
    /// <returns>Null where there is nothing to wait for: every device has a counter, or a sensor that misses nothing, or none that shows its updates.</returns>
    public static TimeSpan? WaitFor(EnergyTrace trace, long now, int cycle)
    {
        for (var channel = 0; channel < trace.Channels.Count; channel++)
            if (PartTimeUpdate(trace.Channels[channel]) is { } update && LastUpdate(trace, channel, now, update) is { } last)
            {
                var due = last + (cycle % Strata * update / Strata);
                return TimeSpan.FromSeconds(((due - trace.Seconds(now)) % update + update) % update);
            }

        return null;
    }

    static double? PartTimeUpdate(EnergyChannel channel) =>
        channel is { Method: Core.Results.EnergyMethod.Integrated, UpdatePeriod: { Ticks: > 0 } update } && !(channel.AveragingWindow >= update)
            ? update.TotalSeconds
            : null;

    // The mean phase of all changes seen lately, round the circle of one period: each alone is late by up to a polling gap, all alike.
    static double? LastUpdate(EnergyTrace trace, int channel, long now, double update)
    {
        var end = trace.Seconds(now);
        var from = now - trace.Stamps(LookBackSeconds);
        double x = 0, y = 0;
        var changes = 0;
        var last = double.NaN;
        foreach (var point in trace.Series(channel, from, now).Powers())
        {
            if (!double.IsNaN(last) && point.PowerWatts != last)
            {
                var angle = 2 * Math.PI * point.AtSeconds / update;
                (x, y) = (x + Math.Cos(angle), y + Math.Sin(angle));
                changes++;
            }

            last = point.PowerWatts;
        }

        if (changes < FewestUpdates)
            return null;
        var phase = Math.Atan2(y, x) / (2 * Math.PI) * update;
        return phase + (Math.Floor((end - phase) / update) * update);
    }
}
