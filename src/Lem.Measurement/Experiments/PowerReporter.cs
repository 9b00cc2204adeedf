using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Experiments.Events;

namespace Lem.Measurement.Experiments;

/// <summary>Tells the mean power of the last second, once a second, for whoever watches; also makes room in the meter's logs.</summary>
sealed class PowerReporter : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly EnergyMeter _meter;
    readonly ExperimentJournal _journal;
    readonly ManualResetEventSlim _stop = new();
    readonly Thread _thread;

    public PowerReporter(EnergyMeter meter, ExperimentJournal journal)
    {
        (_meter, _journal) = (meter, journal);
        _thread = new Thread(Run) { Name = "power-reporter", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    void Run()
    {
        var time = _journal.Clock.Time;
        var from = time.GetTimestamp();
        while (!_stop.Wait(Interval))
        {
            _meter.PrepareAhead();
            var to = time.GetTimestamp();
            _journal.Tell(new PowerSampled(_journal.Clock.NowSeconds, MeanPower(from, to), _meter.Channels.Any(c => c.Method == EnergyMethod.Estimated)));
            from = to;
        }
    }

    // Good enough to watch: nothing that is kept is computed from it.
    double? MeanPower(long from, long to)
    {
        double? total = null;
        foreach (var energy in WindowEnergy.Compute(_meter.Trace, from, to))
            if (energy.Energy is { } joules)
                total = (total ?? 0) + (joules / _journal.Clock.Time.GetElapsedTime(from, to)).Value;
        return total;
    }
}
