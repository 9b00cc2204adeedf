using Lem.Core.Units;
using Lem.Measurement.Energy;

namespace Lem.Cli.Metering;

/// <summary>
/// Energy of every channel since a start, told while it goes on. An interval counts for good only when the next one is over, because the
/// sensors tell of its end with delay; the newest one is provisional.
/// </summary>
sealed class EnergySum
{
    readonly EnergyMeter _meter;
    readonly Joules?[] _settled;
    long _settledUntil;
    long _lastMark;

    public EnergySum(EnergyMeter meter, long start)
    {
        (_meter, _settledUntil, _lastMark) = (meter, start, start);
        _settled = [.. meter.Channels.Select(_ => (Joules?)Joules.Zero)];
    }

    /// <summary>Ends an interval.</summary>
    /// <returns>Energy of the interval and since the start, channel by channel; null where it could not be measured, then for ever, with the reason.</returns>
    public IReadOnlyList<(Joules? Interval, Joules? Total, string? Reason)> Mark(long now)
    {
        if (_lastMark > _settledUntil)
        {
            var over = WindowEnergy.Compute(_meter.Trace, _settledUntil, _lastMark);
            for (var i = 0; i < _settled.Length; i++)
                _settled[i] = _settled[i] + over[i].Energy;
            _settledUntil = _lastMark;
        }

        var newest = WindowEnergy.Compute(_meter.Trace, _lastMark, now);
        _lastMark = now;
        return [.. newest.Select((energy, i) => (energy.Energy, _settled[i] + energy.Energy, energy.Reason ?? (_settled[i] is null ? "an_interval_was_not_measured" : null)))];
    }
}
