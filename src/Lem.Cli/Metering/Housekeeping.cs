using Lem.Measurement.Energy;

namespace Lem.Cli.Metering;

/// <summary>Makes room for a meter's samples once a second, where nobody else drains it.</summary>
sealed class Housekeeping(EnergyMeter meter) : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly Timer _timer = new(_ => meter.PrepareAhead(), null, Interval, Interval);

    public void Dispose()
    {
        // Waits for a call in progress: the meter may be disposed of next.
        using var done = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(done))
            done.WaitOne();
    }
}
