using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Programs;
using Lem.Core.Results.Raw;
using Lem.Measurement.Energy;

namespace Lem.Measurement.Programs;

/// <summary>Puts what the meter saw of a program into the form in which it is told.</summary>
/// <param name="idle">Power before the program, or null.</param>
/// <param name="after">Power after it, or null.</param>
sealed class ProgramFacts(ProgramParts parts, ProgramCommand command, ProgramEnd end, IdleBaseline? idle, IdleBaseline? after)
{
    /// <summary>Below this sensors have updated some ten times only, and the edges weigh as much as the window.</summary>
    const double ShortWindowSeconds = 5;

    readonly TimeSpan _window = parts.Time.GetElapsedTime(end.Open, end.Close);
    readonly List<Finding> _findings = [];

    public ProgramResult Result(
        string lemVersion,
        Timestamps window,
        bool interrupted,
        JsonObject? environment,
        (IReadOnlyDictionary<int, ThrottleCounters> Before, IReadOnlyDictionary<int, ThrottleCounters> After) throttling,
        (SamplerOverhead? Before, SamplerOverhead? After) cost,
        IEnumerable<Finding> machine)
    {
        _findings.AddRange(parts.EnergyFindings);
        _findings.AddRange(machine);
        _findings.AddRange(idle?.Findings ?? []);
        _findings.AddRange((after?.Findings ?? []).Select(f => f with { Phase = "settle" }));
        if (_window.TotalSeconds < ShortWindowSeconds)
            _findings.Add(WindowShort());
        var energies = WindowEnergy.Compute(parts.Meter.Trace, end.Open, end.Close);
        IReadOnlyList<DomainEnergyRecord> read = [.. energies.Select(Record)];
        var missing = parts.Unavailable.Where(reason => !StandsIn(reason)).Select(RawRecords.Missing);
        var (throttle, gpus) = Throttling(throttling.Before, throttling.After);
        var energy = ProgramEnergy.Of(read, window.DurationSec);
        return new(
            ProgramResult.Schema,
            "lem",
            lemVersion,
            command.Words,
            end.ExitCode,
            interrupted,
            window,
            energy,
            end.Resources,
            [.. read, .. missing],
            [.. Baselines(BaselineKind.DriverIdle, idle), .. Baselines(BaselineKind.PostRun, after)],
            [.. RawRecords.Quality(parts.Meter.Trace, end.Open, end.Close, energies)],
            gpus,
            throttle,
            SamplingCost.Between(cost.Before, cost.After, _window),
            environment,
            _findings,
            [.. Reasons(energy, throttle)]);
    }

    // Another reading of the same device, or an estimate of the whole domain.
    bool StandsIn(UnavailableReason reason) => parts.Meter.Channels.Any(c =>
        c.Domain == reason.Domain && (reason.Device is null || c.Device == reason.Device || c.Method is EnergyMethod.Estimated));

    // There is one idle power, that before the program: it stands under both names that a result of an experiment has.
    DomainEnergyRecord Record(DomainEnergy gross)
    {
        var before = idle?.Channels.FirstOrDefault(power => power.Channel == gross.Channel);
        var adjusted = AdjustedEnergy.Of(gross, before, _window);
        _findings.AddRange(gross.Findings.Concat(adjusted.Findings));
        if (AdjustedEnergy.Drift(idle?.For(gross.Channel), after?.For(gross.Channel)) is { } drift)
            _findings.Add(drift);
        return RawRecords.Energy(gross, adjusted, adjusted, before, calibrated: parts.Calibrations?.Apply(gross, _window));
    }

    (ThermalThrottleInfo Info, IReadOnlyList<GpuTelemetry> Gpus) Throttling(
        IReadOnlyDictionary<int, ThrottleCounters> before, IReadOnlyDictionary<int, ThrottleCounters> counters)
    {
        var judged = new List<ThermalThrottle>();
        var gpus = new List<GpuTelemetry>();
        foreach (var channel in counters.Keys.Order())
        {
            var device = parts.Meter.Channels[channel].Device;
            var samples = parts.Meter.TelemetryOf(channel, end.Open, end.Close);
            judged.Add(ThermalThrottle.Judge(device, before.GetValueOrDefault(channel), counters[channel], samples, _window));
            gpus.Add(RawRecords.Telemetry(device, parts.Meter.GpuOf(channel), samples));
        }

        _findings.AddRange(judged.SelectMany(ThrottleReport.Doubts));
        return (ThrottleReport.Summarise(judged, _window, stamp => parts.Time.GetElapsedTime(end.Open, stamp).TotalSeconds), gpus);
    }

    static IEnumerable<BaselineRecord> Baselines(BaselineKind kind, IdleBaseline? baseline) => baseline is null ? [] : RawRecords.Baseline(kind, baseline);

    IEnumerable<Unavailable> Reasons(ProgramEnergy energy, ThermalThrottleInfo throttle)
    {
        if (energy.Reason is { } reason)
            yield return new("energy_metrics.total_energy_j", reason);
        foreach (var (domain, path) in new[] { (EnergyDomain.Gpu, "gpu"), (EnergyDomain.Cpu, "cpu"), (EnergyDomain.Dram, "ram") })
            foreach (var missing in parts.Unavailable.Where(u => u.Domain == domain))
                yield return new(
                    parts.Meter.Channels.Any(c => c.Domain == domain) ? "energy_metrics.measured_energy_j" : $"energy_metrics.{path}_energy_j",
                    $"{missing.Code}: {missing.Message}");
        if (energy.AdjustedEnergyJ is null && energy.Reason is null)
            yield return new("energy_metrics.adjusted_energy_j", energy.MeasuredEnergyJ is null ? IdlePower.EstimatedReason : idle is null ? "baseline_disabled" : "no_baseline");
        if (throttle.Reason is { } untold)
            yield return new("thermal_throttle", untold);
        if (end.Resources.MaxRssBytes is null)
            yield return new("resources.max_rss_bytes", end.Resources.MaxRssBelowBytes is null ? "not_told_by_the_system" : "below_lems_own_memory");
    }

    Finding WindowShort() => new(
        "window_short",
        FindingSeverity.Warning,
        FormattableString.Invariant($"the program ran for {_window.TotalSeconds:0.0} s: energy is unreliable below {ShortWindowSeconds:0} s"),
        "measure",
        "Let it do more work, or the same work several times.",
        new() { ["window_s"] = _window.TotalSeconds, ["limit_s"] = ShortWindowSeconds });
}
