namespace Lem.Measurement.Energy;

/// <summary>
/// Hands out what a meter has sampled since the last call, thinned to an interval: the writer thread's view. Energy and time stay exact
/// when thinned, because both are cumulative; power of devices that only count is the mean since the row before.
/// </summary>
public sealed class TimeSeriesCursor(EnergyMeter meter, TimeSpan interval, long origin)
{
    readonly double _intervalSeconds = interval.TotalSeconds;
    readonly double _originSeconds = meter.Trace.Seconds(origin);
    readonly (double FirstJoules, double LastJoules, double LastSeconds)[] _counters =
        [.. meter.Channels.Select(_ => (double.NaN, double.NaN, double.NaN))];

    long _row;
    long _telemetryRow;
    double _due = double.NegativeInfinity;

    /// <summary>Ticks that were gone before they could be handed out: zero as long as someone drains.</summary>
    public long Lost { get; private set; }

    /// <summary>Visits the new rows in order of time, device by device. One thread only; also lets the meter prepare its memory.</summary>
    public void Drain(Action<TimeSeriesRow> visit)
    {
        meter.PrepareAhead();
        var log = meter.Trace.Log;
        var (rows, first) = (log.Rows, log.FirstRow);
        if (_row < first)
        {
            Lost += first - _row;
            _row = first;
        }

        for (; _row < rows; _row++)
        {
            if (meter.Channels.Count == 0 || !log.TryGet(_row, 0, out var reading))
                continue;
            var at = meter.Trace.Seconds(reading.Before);

            // A tick that is late by a hair must not cost a whole interval.
            if (at < _due - (_intervalSeconds * 0.01))
                continue;
            _due = double.IsInfinity(_due) || at >= _due + _intervalSeconds ? at + _intervalSeconds : _due + _intervalSeconds;
            for (var channel = 0; channel < meter.Channels.Count; channel++)
                if (log.TryGet(_row, channel, out reading))
                    visit(Row(channel, reading));
        }
    }

    TimeSeriesRow Row(int channel, EnergyReading reading)
    {
        var seconds = (meter.Trace.Seconds(reading.Before) + meter.Trace.Seconds(reading.After)) / 2;
        ref var counter = ref _counters[channel];
        if (double.IsNaN(counter.FirstJoules))
            counter.FirstJoules = reading.EnergyJoules;
        var watts = double.IsNaN(reading.PowerWatts) ? (reading.EnergyJoules - counter.LastJoules) / (seconds - counter.LastSeconds) : reading.PowerWatts;
        if (!double.IsNaN(reading.EnergyJoules))
            (counter.LastJoules, counter.LastSeconds) = (reading.EnergyJoules, seconds);
        return new TimeSeriesRow(
            reading.Before, seconds - _originSeconds, meter.Channels[channel].Device, watts, reading.EnergyJoules - counter.FirstJoules,
            TelemetryAt(channel, reading.After));
    }

    // The newest slow values that were there when the reading was taken.
    GpuSample TelemetryAt(int channel, long stamp)
    {
        var log = meter.Telemetry;
        _telemetryRow = Math.Max(_telemetryRow, log.FirstRow);
        while (log.TryGet(_telemetryRow + 1, channel, out var next) && next.Stamp <= stamp)
            _telemetryRow++;
        return log.TryGet(_telemetryRow, channel, out var values) && values.Stamp <= stamp ? values : default;
    }
}
