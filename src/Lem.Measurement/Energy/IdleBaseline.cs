using System.Text.Json.Nodes;
using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>Idle power of every device over one stretch of time, with the doubts about it.</summary>
public sealed record IdleBaseline(IReadOnlyList<IdlePower> Channels, TimeSpan Waited, IReadOnlyList<Finding> Findings)
{
    /// <summary>How much longer than its duration a baseline waits for power to settle.</summary>
    public static readonly TimeSpan MaxExtraWait = TimeSpan.FromSeconds(60);

    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>The idle of a device, or null where the baseline has none.</summary>
    public IdlePower? For(EnergyChannel channel) => Channels.FirstOrDefault(idle => idle.Channel == channel && idle.Mean is not null);

    /// <summary>
    /// Watches a sampling meter until the last <paramref name="duration"/> is settled on every measured device, at most
    /// <paramref name="patience"/> longer. Returns at once where everything is estimated: there is no idle to measure.
    /// </summary>
    /// <param name="patience">Null = <see cref="MaxExtraWait"/>.</param>
    public static async Task<IdleBaseline> MeasureAsync(
        EnergyMeter meter, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var extra = patience ?? MaxExtraWait;
        var start = time.GetTimestamp();
        IReadOnlyList<IdlePower>? known = null;
        if (meter.Channels.Any(channel => channel.Method is not EnergyMethod.Estimated))
            await Task.Delay(duration, time, cancellationToken);
        while (true)
        {
            var now = time.GetTimestamp();
            var from = now - (long)(duration.TotalSeconds * time.TimestampFrequency);
            // A device that has settled is done: it need not wait for the moment at which all of them look settled at once.
            IReadOnlyList<IdlePower> powers = [.. Enumerable.Range(0, meter.Channels.Count)
                .Select(channel => known?[channel] is { Settled: true } settled
                    ? settled
                    : IdlePower.Of(meter.Trace.Series(channel, from, now), meter.Trace.Seconds(from), meter.Trace.Seconds(now)))];
            known = powers;
            var waited = time.GetElapsedTime(start, now);
            if (powers.All(power => power.Settled || power.Mean is null) || waited >= duration + extra)
                return new IdleBaseline(powers, waited, [.. powers.Where(power => power is { Settled: false, Mean: not null }).Select(power => NotSettled(power, extra))]);
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    static Finding NotSettled(IdlePower power, TimeSpan patience) => new(
        "idle_not_settled",
        FindingSeverity.Warning,
        $"{power.Channel.Device}: idle power still drifted after {patience.TotalSeconds:0} s of waiting; the mean of the unsettled stretch is used",
        Hint: "Look for other programs on the device, or wait longer between runs.",
        Data: new JsonObject
        {
            ["device"] = power.Channel.Device,
            ["mean_w"] = power.Mean?.Value,
            ["variance_of_mean_w2"] = power.VarianceOfMean,
        });
}
