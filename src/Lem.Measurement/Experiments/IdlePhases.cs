using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Raw;
using Lem.Measurement.Energy;
using Lem.Measurement.Experiments.Events;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>The idle powers of an experiment: before the model is loaded, with it loaded, and after each window.</summary>
sealed class IdlePhases(ExperimentParts parts, BaselineConfig config, ExperimentJournal journal)
{
    // The longest averaging window of a sensor is one second: a window's last energy is visible only after it, and what idle is, a second later.
    static readonly TimeSpan CounterTail = TimeSpan.FromSeconds(1.2);
    static readonly TimeSpan PowerTail = TimeSpan.FromSeconds(2.6);
    static readonly TimeSpan EstimateTail = TimeSpan.FromSeconds(0.25);

    readonly TimeSpan _duration = TimeSpan.FromSeconds(config.DurationSec);
    readonly bool _hasSensor = parts.Meter.Channels.Any(c => c.Method != EnergyMethod.Estimated);
    readonly Dictionary<int, IdleBaseline> _postRun = [];
    readonly TimeSpan _timeToLive = TimeSpan.FromSeconds(config.CacheTtlSec);
    IdleBaseline? _driverIdle;
    IdleBaseline? _contextIdle;
    bool _drifted;

    /// <summary>
    /// The quality gate of <c>baseline.required</c>: at least one device has an idle power to subtract, every power had settled, and none moved
    /// by more than a tenth over a window.
    /// </summary>
    public bool IsSettled => !_drifted && Known(_contextIdle) is { Count: > 0 } context && context.Concat(Known(_driverIdle)).All(idle => idle.Settled);

    /// <summary>
    /// Power before anything is loaded: from the cache where it is kept there for this very state of the machine, else watched. Without a
    /// sensor there is nothing to subtract, but whether the machine is quiet is still seen.
    /// </summary>
    public async Task MeasureDriverIdleAsync(EnvironmentSnapshot machine, CancellationToken stop)
    {
        if (!config.Enabled)
            return;
        if (_timeToLive > TimeSpan.Zero && parts.Baselines?.Find(parts.Meter.Channels, machine, _duration, _timeToLive) is { } cached)
        {
            _driverIdle = cached;
            return;
        }

        using var phase = journal.Enter(ExperimentPhase.Idle, expectedSeconds: config.DurationSec);
        var quiet = parts.BusyCpus();
        _driverIdle = await IdleBaseline.MeasureAsync(parts.Meter, _duration, parts.Time, stop);
        if (_driverIdle.Waited < _duration)
            await Task.Delay(_duration - _driverIdle.Waited, parts.Time, stop);
        journal.Raise(_driverIdle.Findings.Select(f => f with { Phase = "idle" }));
        if (MachineBusy(quiet, parts.BusyCpus()) is { } busy)
            journal.Raise(busy);
        if (_timeToLive > TimeSpan.Zero && parts.Baselines is { } cache && await cache.StoreAsync(_driverIdle, machine, stop) is { } notKept)
            journal.Raise(notKept);
    }

    /// <param name="cycle">The cycle it is for, from 1, or 0 for all.</param>
    public async Task MeasureContextIdleAsync(int cycle, CancellationToken stop)
    {
        if (!config.Enabled || !_hasSensor)
            return;
        using var phase = journal.Enter(ExperimentPhase.ContextIdle, cycle, config.DurationSec);
        var quiet = parts.BusyCpus();
        _contextIdle = await IdleBaseline.MeasureAsync(parts.Meter, _duration, parts.Time, stop);

        // With a cached power before loading this is the only stretch in which nothing should run.
        if (_driverIdle is { Waited.Ticks: 0 } && MachineBusy(quiet, parts.BusyCpus()) is { } busy)
            journal.Raise(busy, cycle);
        journal.Raise(_contextIdle.Findings.Select(f => f with { Phase = "context_idle" }), cycle);
    }

    /// <summary>Lets the sensors show the end of the window, then measures the idle after it; a stopped run keeps only the first.</summary>
    public async Task SettleAsync(int cycle, WindowOutcome outcome, CancellationToken stop)
    {
        using var phase = journal.Enter(ExperimentPhase.Settle, cycle, config.Enabled && _hasSensor ? config.DurationSec : null);
        await Task.Delay(Tail, parts.Time, CancellationToken.None);
        if (!config.Enabled || !_hasSensor || outcome.Interrupted || stop.IsCancellationRequested)
            return;
        try
        {
            var after = await IdleBaseline.MeasureAsync(parts.Meter, _duration, parts.Time, stop);
            _postRun[cycle] = after;
            journal.Raise(after.Findings.Select(f => f with { Phase = "settle" }), cycle);
            foreach (var channel in parts.Meter.Channels)
                if (AdjustedEnergy.Drift(_contextIdle?.For(channel), after.For(channel)) is { } drift)
                {
                    _drifted = true;
                    journal.Raise(drift with { Phase = "settle" }, cycle);
                }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The window itself is whole; only its after-run idle is missing, and stands as missing.
        }
    }

    TimeSpan Tail =>
        parts.Meter.Channels.Any(c => c.Method == EnergyMethod.Integrated) ? PowerTail
        : _hasSensor ? CounterTail
        : EstimateTail;

    public IdlePower? ContextIdleOf(EnergyChannel channel) => Of(_contextIdle, channel);

    public IdlePower? DriverIdleOf(EnergyChannel channel) => Of(_driverIdle, channel);

    public IReadOnlyList<BaselineRecord> Records(int cycle) =>
    [
        .. Records(BaselineKind.DriverIdle, _driverIdle),
        .. Records(BaselineKind.ContextIdle, _contextIdle),
        .. Records(BaselineKind.PostRun, _postRun.GetValueOrDefault(cycle)),
    ];

    IEnumerable<BaselineRecord> Records(BaselineKind kind, IdleBaseline? baseline) => baseline is null
        ? parts.Meter.Channels.Select(channel => new BaselineRecord(kind, channel.Domain, channel.Device, null, null, 0, null, null, null, null, Missing(channel)))
        : RawRecords.Baseline(kind, baseline);

    string Missing(EnergyChannel channel) =>
        channel.Method == EnergyMethod.Estimated ? IdlePower.EstimatedReason
        : config.Enabled ? "not_reached" : "baseline_disabled";

    static List<IdlePower> Known(IdleBaseline? baseline) => [.. baseline?.Channels.Where(idle => idle.Mean is not null) ?? []];

    static IdlePower? Of(IdleBaseline? baseline, EnergyChannel channel) => baseline?.Channels.FirstOrDefault(idle => idle.Channel == channel);

    static Finding? MachineBusy((TimeSpan Busy, TimeSpan All)? before, (TimeSpan Busy, TimeSpan All)? after)
    {
        if (before is not { } first || after is not { } last || last.All <= first.All)
            return null;
        var fraction = (last.Busy - first.Busy) / (last.All - first.All);
        return fraction < BusyLimit ? null : new(
            "machine_busy",
            FindingSeverity.Warning,
            $"other programs kept {fraction:0 %} of this machine's processors busy while it should have been idle",
            "idle",
            "Stop them, or measure elsewhere: they take time from the engine, and their energy is in the joules.",
            new() { ["busy_fraction"] = fraction, ["limit"] = BusyLimit });
    }

    // A desktop's background services stay below; a build, a browser, or another run does not.
    const double BusyLimit = 0.1;
}
