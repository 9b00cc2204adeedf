using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>The energy of a window per device: by its counter and by its power, the better one leading, each checking the other.</summary>
public static class WindowEnergy
{
    // NVIDIA states ±5 % for its power sensors; counters integrate the same sensor.
    const double NvmlTolerance = 0.05;

    // Readings from well before and after tell steady levels beside the edges: the longest averaging window is a second.
    const double MarginSeconds = 5;

    /// <summary>Every channel of the trace, in its order. Call when the sampler has gone on for a second or more after the close.</summary>
    /// <param name="rhythm">Periods with which the load repeats, where they are known: a polled sensor may alias with them.</param>
    public static IReadOnlyList<DomainEnergy> Compute(EnergyTrace trace, long open, long close, IReadOnlyList<LoadPeriod>? rhythm = null)
    {
        var margin = trace.Stamps(MarginSeconds);
        return [.. Enumerable.Range(0, trace.Channels.Count)
            .Select(channel => trace.Series(channel, open - margin, close + margin) with { Truncated = !trace.Holds(open) })
            .Select(series => Compute(series, trace.Seconds(open), trace.Seconds(close), rhythm))];
    }

    /// <summary>One channel; edges in seconds of the trace.</summary>
    public static DomainEnergy Compute(ChannelSeries series, double open, double close, IReadOnlyList<LoadPeriod>? rhythm = null)
    {
        var counter = CounterEnergy.Compute(series, open, close);
        var integral = IntegralEnergy.Compute(series, open, close, rhythm);
        var channel = series.Channel;
        if (close <= open)
            return new DomainEnergy(channel, null, null, null, null, null, "window_has_no_length", counter, integral, []);
        var counterLeads = counter.Energy is not null && (integral.Energy is null || Leads(counter, integral, channel, close - open));
        var energy = counterLeads ? counter.Energy : integral.Energy;
        if (energy is not { } joules)
            return Unknown(channel, counter, integral);

        var findings = new List<Finding>();
        if (counter.Energy is { } counted && integral.Energy is { } integrated)
            CrossCheck(channel, counted, integrated, counter, integral, counterLeads, close - open, findings);
        if (integral.UnexpectedWindow && !counterLeads)
            findings.Add(WindowDoubt(channel, integral));
        if (channel.Method is EnergyMethod.Counter && counter.Energy is null)
            findings.Add(new Finding(
                "energy_counter_unusable",
                FindingSeverity.Warning,
                $"{channel.Device}: the energy counter cannot be used for this window ({counter.Reason}); its power was integrated instead"));

        if (channel.Method is EnergyMethod.Estimated)
            return new DomainEnergy(
                channel, energy, EnergyMethod.Estimated, "estimated", channel.BandFactor is { } factor ? joules * (factor - 1) : null,
                null, null, counter, integral, findings);
        var aliased = !counterLeads && integral.AliasRisk >= AliasRisk.Threshold;
        if (aliased)
            findings.Add(AliasDoubt(channel, integral));
        return new DomainEnergy(
            channel,
            energy,
            counterLeads ? EnergyMethod.Counter : EnergyMethod.Integrated,
            aliased ? "alias_risk" : counterLeads && counter.Ticks < CounterEnergy.LeadingTicks ? "few_ticks" : "good",
            counterLeads ? counter.Uncertainty : integral.Uncertainty,
            channel.Source is "nvml" ? new Joules(Math.Abs(joules.Value) * NvmlTolerance) : null,
            null,
            counter,
            integral,
            findings);
    }

    // Few ticks are still better than power that may be half off, if they are all that the window can hold.
    static bool Leads(CounterEnergy counter, IntegralEnergy integral, EnergyChannel channel, double windowSeconds) =>
        counter.Ticks >= CounterEnergy.LeadingTicks
        || (integral.AliasRisk >= AliasRisk.Threshold && counter.Ticks >= (windowSeconds / channel.UpdatePeriod?.TotalSeconds) - 2);

    static DomainEnergy Unknown(EnergyChannel channel, CounterEnergy counter, IntegralEnergy integral)
    {
        var reason = ReasonOf(counter, integral, channel);
        return new DomainEnergy(channel, null, null, null, null, null, reason, counter, integral,
        [
            new Finding(
                "energy_unknown",
                FindingSeverity.Warning,
                $"{channel.Device}: no energy for this window ({reason})",
                Hint: "Measure again; lem doctor says whether the device can be read.",
                Data: new JsonObject { ["device"] = channel.Device, ["reason"] = reason }),
        ]);
    }

    static void CrossCheck(
        EnergyChannel channel, Joules counted, Joules integrated, CounterEnergy counter, IntegralEnergy integral, bool counterLeads,
        double windowSeconds, List<Finding> findings)
    {
        var difference = Math.Abs((counted - integrated).Value);
        var edges = (counter.Uncertainty?.Value ?? 0) + (integral.Uncertainty?.Value ?? 0);

        // A short window has few ticks rightly; a long one with few ticks has a counter that stopped.
        var enough = 2 * CounterEnergy.LeadingTicks * (channel.UpdatePeriod?.TotalSeconds ?? 0);
        if ((counter.Ticks < CounterEnergy.LeadingTicks && windowSeconds < enough) || difference <= Math.Max(0.05 * Math.Abs(counted.Value), edges))
            return;
        findings.Add(new Finding(
            "energy_counter_integral_differ",
            FindingSeverity.Warning,
            FormattableString.Invariant($"{channel.Device}: counter {counted.Value:0.#} J and integrated power {integrated.Value:0.#} J differ by more than 5 %"),
            Hint: counterLeads
                ? "The power sensor may miss a load that repeats with its own period; trust the counter, and vary the load to see."
                : "The counter moved too seldom to lead: the power is given. Measure a longer window.",
            Data: new JsonObject { ["device"] = channel.Device, ["counter_j"] = counted.Value, ["integral_j"] = integrated.Value }));
    }

    static Finding WindowDoubt(EnergyChannel channel, IntegralEnergy integral) => new(
        "sensor_window_unexpected",
        FindingSeverity.Info,
        FormattableString.Invariant($"{channel.Device}: its power reading behaves like a mean of {integral.WindowSeconds:0.###} s, not of the {channel.AveragingWindow?.TotalSeconds:0.###} s known of this chip; what was seen is used"),
        Data: new JsonObject { ["device"] = channel.Device, ["window_s"] = integral.WindowSeconds, ["known_window_s"] = channel.AveragingWindow?.TotalSeconds });

    static Finding AliasDoubt(EnergyChannel channel, IntegralEnergy integral) => new(
        "alias_risk",
        FindingSeverity.Warning,
        FormattableString.Invariant($"{channel.Device}: the load repeats in step with the power sensor, which may always look at the same part of it (risk {integral.AliasRisk:0.00}; energy may be off by {integral.Uncertainty?.Value:0.#} J)"),
        Hint: "Measure four cycles (--cycles 4): each starts a quarter of the sensor's period later, and their mean sees all of it.",
        Data: new JsonObject { ["device"] = channel.Device, ["alias_risk"] = integral.AliasRisk, ["uncertainty_j"] = integral.Uncertainty?.Value });

    static string ReasonOf(CounterEnergy counter, IntegralEnergy integral, EnergyChannel channel) =>
        channel.Method is EnergyMethod.Integrated ? integral.Reason ?? "no_power" : counter.Reason ?? integral.Reason ?? "no_readings";
}
