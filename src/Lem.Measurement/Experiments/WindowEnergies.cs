using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Energy of a window on every device that was looked for: gross, above idle, by phase, or null with its reason.</summary>
sealed class WindowEnergies(ExperimentParts parts, IdlePhases idle, ExperimentJournal journal, WindowOutcome outcome, int cycle)
{
    readonly EnergyTrace _trace = parts.Meter.Trace;
    readonly TimeSpan _window = parts.Time.GetElapsedTime(outcome.Open, outcome.Close);

    public IReadOnlyList<DomainEnergyRecord> Domains()
    {
        var prefill = Energy.PhaseEnergy.Compute(_trace, Spans(b => (b.Start, b.PrefillEnd)));
        var decode = Energy.PhaseEnergy.Compute(_trace, Spans(b => (b.PrefillEnd, b.End)));
        var measured = WindowEnergy.Compute(_trace, outcome.Open, outcome.Close).Select((energy, i) => Record(energy, prefill[i], decode[i]));
        // Where an estimate stands in, the domain is there; why it is no measurement is told with the result's null fields.
        var missing = parts.Unavailable.Where(u => parts.Meter.Channels.All(c => c.Domain != u.Domain)).Select(u => new DomainEnergyRecord(u.Domain, u.Device ?? Name(u.Domain), null, Reason: u.Code, AdjustedReason: u.Code));
        return [.. measured, .. missing];
    }

    /// <summary>Energy of a whole phase over all measured devices; null before it, or where nothing is measured.</summary>
    public Joules? Of(ExperimentPhase phase) => journal.Last(phase) is { Start: var start, End: var end }
        ? Sum(WindowEnergy.Compute(_trace, start, end).Select(e => e.Energy))
        : null;

    public IReadOnlyList<SamplerQuality> Quality() =>
    [
        .. parts.Meter.Channels.Select((channel, i) =>
        {
            var points = _trace.Series(i, outcome.Open, outcome.Close).Points;
            var updates = points.Zip(points.Skip(1)).Count(pair => pair.First.EnergyJoules != pair.Second.EnergyJoules || pair.First.PowerWatts != pair.Second.PowerWatts);
            var gap = points.Zip(points.Skip(1)).Select(pair => pair.Second.AtSeconds - pair.First.AtSeconds).DefaultIfEmpty(double.NaN).Max();
            return new SamplerQuality(
                channel.Device, channel.Source, points.Count, updates, points.Count(p => p.Failure != ReadFailure.None),
                double.IsNaN(gap) ? null : gap * 1e3, channel.UpdatePeriod?.TotalMilliseconds, channel.AveragingWindow?.TotalMilliseconds, AliasRisk: null);
        }),
    ];

    DomainEnergyRecord Record(DomainEnergy energy, Energy.PhaseEnergy prefill, Energy.PhaseEnergy decode)
    {
        var channel = energy.Channel;
        var context = idle.ContextIdleOf(channel);
        var adjusted = AdjustedEnergy.Of(energy, context, _window);
        var driver = AdjustedEnergy.Of(energy, idle.DriverIdleOf(channel), _window);
        journal.Raise(energy.Findings.Concat(adjusted.Findings).Select(f => f with { Phase = "measure" }), cycle);
        return new(
            channel.Domain,
            channel.Device,
            energy.Energy,
            adjusted.Energy,
            driver.Energy,
            CalibratedJ: null,
            context?.Mean,
            energy.Method,
            energy.Quality,
            energy.Uncertainty,
            adjusted.Uncertainty,
            energy.Reason,
            adjusted.Reason,
            energy.Counter.Energy,
            energy.Integral.Energy,
            prefill.Energy,
            decode.Energy);
    }

    List<(long Start, long End)> Spans(Func<BatchSpan, (long? Start, long? End)> phase)
    {
        var spans = new List<(long, long)>();
        foreach (var batch in outcome.Batches)
            if (phase(batch) is ({ } start, { } end) && end > start)
                spans.Add((start, end));
        return spans;
    }

    static Joules? Sum(IEnumerable<Joules?> energies)
    {
        Joules? sum = null;
        foreach (var energy in energies)
            if (energy is { } joules)
                sum = (sum ?? Joules.Zero) + joules;
        return sum;
    }

    static string Name(EnergyDomain domain) => domain switch
    {
        EnergyDomain.Gpu => "gpu",
        EnergyDomain.Cpu => "cpu",
        _ => "dram",
    };
}
