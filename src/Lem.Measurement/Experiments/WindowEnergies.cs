using Lem.Core.Results;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Energy of a window on every device that was looked for: gross, above idle, by phase, or null with its reason.</summary>
/// <param name="gpus">The GPUs that the engine uses; where it names none, each may be one.</param>
sealed class WindowEnergies(
    ExperimentParts parts, IdlePhases idle, ExperimentJournal journal, WindowOutcome outcome, IReadOnlyList<string> gpus, int cycle)
{
    readonly EnergyTrace _trace = parts.Meter.Trace;
    readonly TimeSpan _length = parts.Time.GetElapsedTime(outcome.Open, outcome.Close);

    readonly IReadOnlyList<DomainEnergy> _energies =
        WindowEnergy.Compute(parts.Meter.Trace, outcome.Open, outcome.Close, LoadRhythm.Of(outcome, parts.Time));

    readonly List<Unavailable> _unavailable = [];

    /// <summary>Why prefill or decode have no energy of their own, by path in the result; known once <see cref="Domains"/> has run.</summary>
    public IReadOnlyList<Unavailable> Unavailable => _unavailable;

    public IReadOnlyList<DomainEnergyRecord> Domains()
    {
        var phases = PartsEnergy.Compute(_trace, _energies, Spans(b => (b.Start, b.PrefillEnd)), Spans(b => (b.PrefillEnd, b.End)));
        Explain("prefill_j", [.. phases.Select(phase => phase.First)]);
        Explain("decode_j", [.. phases.Select(phase => phase.Second)]);
        var measured = _energies.Select((energy, i) => Record(energy, phases[i].First, phases[i].Second));
        return [.. measured, .. parts.Unavailable.Where(IsMissing).Select(RawRecords.Missing)];
    }

    /// <summary>
    /// Energy of a whole phase over all devices that work for the engine; null before it, where nothing is measured, and where one of the devices is not: a sum without it
    /// would look cheap.
    /// </summary>
    /// <param name="fields">Paths of the result that are null then.</param>
    public Joules? Of(ExperimentPhase phase, params ReadOnlySpan<string> fields)
    {
        if (journal.Last(phase) is not { Start: var start, End: var end })
            return null;
        var (energy, reason) = Sum([.. WindowEnergy.Compute(_trace, start, end).Where(TookPart)]);
        foreach (var field in fields)
            if (reason is not null)
                _unavailable.Add(new(field, reason));
        return energy;
    }

    /// <summary>Energy of a part of the window, over the devices that the window's total has; null with the reason where one of them has none.</summary>
    public (Joules? Energy, string? Reason) Between(long start, long end) =>
        Sum([.. WindowEnergy.Compute(_trace, start, end).Where((energy, i) => _energies[i].Energy is not null && TookPart(energy))]);

    public IReadOnlyList<SamplerQuality> Quality() => [.. RawRecords.Quality(_trace, outcome.Open, outcome.Close, _energies)];

    /// <summary>Where the engine names its GPUs, the others stood by.</summary>
    bool TookPart(DomainEnergy energy) => energy.Channel.Domain != EnergyDomain.Gpu || gpus.Count == 0 || gpus.Contains(energy.Channel.Device);

    /// <summary>Nothing measures it: neither the device itself, nor, where a whole domain is meant or estimated, anything of its domain.</summary>
    bool IsMissing(UnavailableReason reason)
    {
        var channels = parts.Meter.Channels.Where(c => c.Domain == reason.Domain).ToList();

        // Where an estimate stands in, the domain is there; why it is no measurement is told with the result's null fields.
        return channels.Count == 0
            || (reason.Device is { } device && !channels.Exists(c => c.Device == device || c.Method == EnergyMethod.Estimated));
    }

    void Explain(string field, IReadOnlyList<PartsEnergy> parts)
    {
        for (var i = 0; i < parts.Count; i++)
            if (parts[i].Reason is { } reason)
                _unavailable.Add(new($"energy_breakdown.domains[{i}].{field}", reason));
        if (parts.FirstOrDefault(p => p.Reason is not null)?.Reason is { } first)
            _unavailable.Add(new($"energy_breakdown.{field}", first));
    }

    DomainEnergyRecord Record(DomainEnergy energy, PartsEnergy prefill, PartsEnergy decode)
    {
        var context = idle.ContextIdleOf(energy.Channel);
        var adjusted = AdjustedEnergy.Of(energy, context, _length);
        var driver = AdjustedEnergy.Of(energy, idle.DriverIdleOf(energy.Channel), _length);
        journal.Raise(energy.Findings.Concat(adjusted.Findings).Select(f => f with { Phase = "measure" }), cycle);
        return RawRecords.Energy(energy, adjusted, driver, context, prefill, decode, parts.Calibrations?.Apply(energy, _length));
    }

    List<(long Start, long End)> Spans(Func<BatchSpan, (long? Start, long? End)> phase)
    {
        var spans = new List<(long, long)>();
        foreach (var batch in outcome.Batches)
            if (phase(batch) is ({ } start, { } end) && end > start)
                spans.Add((start, end));
        return spans;
    }

    static (Joules? Energy, string? Reason) Sum(IReadOnlyList<DomainEnergy> energies)
    {
        if (energies.FirstOrDefault(energy => energy.Energy is null) is { } missing)
            return (null, $"energy_unknown_of {missing.Channel.Device}: {missing.Reason}");
        return energies.Count > 0 ? (new Joules(energies.Sum(energy => energy.Energy?.Value ?? 0)), null) : (null, "no_energy_source");
    }
}
