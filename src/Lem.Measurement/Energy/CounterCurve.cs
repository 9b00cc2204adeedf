namespace Lem.Measurement.Energy;

/// <summary>
/// An energy counter over time, known at its ticks. A tick is the moment its value changed: it lies between the read that saw the new
/// value and the one before, so that half of the shorter of update period and polling gap is taken off.
/// </summary>
sealed class CounterCurve
{
    readonly List<(double At, double Joules)> _ticks = [];
    readonly List<double> _reads = [];

    CounterCurve(double tickJitterSeconds, double updateSeconds) => (TickJitterSeconds, UpdateSeconds) = (tickJitterSeconds, updateSeconds);

    /// <summary>A tick's instant is known within ± half of this.</summary>
    public double TickJitterSeconds { get; }

    /// <summary>U as known, else as seen.</summary>
    public double UpdateSeconds { get; }

    public IReadOnlyList<(double At, double Joules)> Ticks => _ticks;

    public double LastReadSeconds => _reads[^1];

    /// <summary>The counter fell at this instant; NaN where it never did.</summary>
    public double ResetAtSeconds { get; private set; } = double.NaN;

    public static CounterCurve From(ChannelSeries series)
    {
        var points = series.Counters();
        var gap = series.TypicalGapSeconds();
        var update = series.Channel.UpdatePeriod?.TotalSeconds;
        var jitter = Math.Min(update ?? gap, gap);
        var curve = new CounterCurve(jitter, update ?? gap);

        // A counter that is always current is known at every read, also where it stood still.
        if (update is 0 && points.Count > 0)
            curve._ticks.Add((points[0].AtSeconds, points[0].EnergyJoules));
        curve._reads.AddRange(points.Select(point => point.AtSeconds));
        for (var i = 1; i < points.Count; i++)
        {
            var (last, next) = (points[i - 1], points[i]);
            if (next.EnergyJoules < last.EnergyJoules)
            {
                curve.ResetAtSeconds = next.AtSeconds;
                curve._ticks.Clear();
            }

            if (next.EnergyJoules != last.EnergyJoules || update is 0)
                curve._ticks.Add((next.AtSeconds - (Math.Min(jitter, next.AtSeconds - last.AtSeconds) / 2), next.EnergyJoules));
        }

        return curve;
    }

    /// <summary>Index of the last tick at or before an instant; −1 where there is none.</summary>
    public int LastTick(double at)
    {
        int low = 0, high = _ticks.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ticks[middle].At <= at)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    /// <summary>
    /// The counter at a window's edge: the last tick before it, and from there the slope of the last full interval, because what comes
    /// after the edge belongs to another load. Never beyond what the next tick showed.
    /// </summary>
    public double AtEdge(double at)
    {
        var tick = LastTick(at);
        if (tick < 0)
            return _ticks[0].Joules - (Slope(1) * (_ticks[0].At - at));

        // A tick that a read should have seen and did not see has not been: the counter is less than one update period further on.
        var unseen = at - _reads[Math.Max(0, ReadsUpTo(at) - 1)];
        var beyond = Math.Min(at - _ticks[tick].At, UpdateSeconds + Math.Max(0, unseen));
        var value = _ticks[tick].Joules + (Slope(Math.Max(1, tick)) * beyond);
        return tick + 1 < _ticks.Count ? Math.Min(value, _ticks[tick + 1].Joules) : value;
    }

    /// <summary>The counter within a window: on the line between its neighbouring ticks.</summary>
    public double Inside(double at)
    {
        var tick = Math.Clamp(LastTick(at), 0, _ticks.Count - 2);
        return _ticks[tick].Joules + (Slope(tick + 1) * (at - _ticks[tick].At));
    }

    /// <summary>Power over the interval that ends at a tick, watts.</summary>
    public double Slope(int tick)
    {
        var (start, end) = (_ticks[tick - 1], _ticks[tick]);
        return (end.Joules - start.Joules) / (end.At - start.At);
    }

    int ReadsUpTo(double at)
    {
        var found = _reads.BinarySearch(at);
        return found >= 0 ? found + 1 : ~found;
    }
}
