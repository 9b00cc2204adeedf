namespace Lem.Measurement.Energy;

/// <summary>
/// An energy counter over time, known at its ticks. A tick is the moment its value changed: it lies between the read that saw the new
/// value and the one before, so that half of the shorter of update period and polling gap is taken off.
/// </summary>
sealed class CounterCurve
{
    const double ClearlySteadier = 9;

    readonly List<(double At, double Joules)> _ticks = [];
    readonly List<(double After, double Seen)> _seen = []; // of each tick: the read that did not see it yet, and the one that did
    readonly List<double> _reads = [];

    CounterCurve(double tickJitterSeconds, double updateSeconds) => (TickJitterSeconds, UpdateSeconds) = (tickJitterSeconds, updateSeconds);

    /// <summary>A tick's instant is known within ± half of this.</summary>
    public double TickJitterSeconds { get; }

    /// <summary>U as known, else as seen.</summary>
    public double UpdateSeconds { get; private set; }

    public IReadOnlyList<(double At, double Joules)> Ticks => _ticks;

    public double LastReadSeconds => _reads[^1];

    /// <summary>The counter fell at this instant; NaN where it never did.</summary>
    public double ResetAtSeconds { get; private set; } = double.NaN;

    /// <summary>The stretch of a counter's life that holds a window: a fall before it begins the curve anew, a fall after it ends the curve.</summary>
    public static CounterCurve From(ChannelSeries series, double open = double.NegativeInfinity, double close = double.PositiveInfinity)
    {
        var points = series.Counters();
        var gap = series.TypicalGapSeconds();
        var update = series.Channel.UpdatePeriod?.TotalSeconds;
        var jitter = Math.Min(update ?? gap, gap);
        var curve = new CounterCurve(jitter, update ?? gap);

        // A counter that is always current is known at every read, also where it stood still.
        if (update is 0 && points.Count > 0)
            curve.Add(points[0].AtSeconds, points[0].AtSeconds, points[0]);
        curve._reads.AddRange(points.Select(point => point.AtSeconds));
        for (var i = 1; i < points.Count; i++)
        {
            var (last, next) = (points[i - 1], points[i]);
            if (next.EnergyJoules < last.EnergyJoules)
            {
                if (next.AtSeconds > close)
                {
                    curve._reads.RemoveRange(i, curve._reads.Count - i);
                    break;
                }

                curve.ResetAtSeconds = next.AtSeconds;
                curve._ticks.Clear();
                curve._seen.Clear();
            }

            if (next.EnergyJoules != last.EnergyJoules || update is 0)
                curve.Add(next.AtSeconds - (Math.Min(jitter, next.AtSeconds - last.AtSeconds) / 2), last.AtSeconds, next);
        }

        if (update is null && SensorRecognition.UpdateSeconds([.. curve._ticks.Select(tick => tick.At)]) is { } seen)
            curve.UpdateSeconds = Math.Max(gap, seen);
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

    /// <summary>The counter where a window opens, and the variance of what that leaves open.</summary>
    /// <remarks>
    /// Either from the last tick before the edge with the slope that led there, or from the next tick after it with the slope that follows. The
    /// load is within: outside is the quiet side, and is believed unless it is clearly the less steady one. (A quiet second after a short burst
    /// says nothing of the burst.)
    /// </remarks>
    public (double Joules, double Variance) AtOpening(double at) => Believed(outside: FromBefore(at), inside: FromAfter(at));

    /// <summary>The counter where a window closes: as <see cref="AtOpening"/>, the other way round.</summary>
    public (double Joules, double Variance) AtClosing(double at) =>
        FromAfter(at) is { } outside ? Believed(outside, inside: FromBefore(at)) : FromBefore(at);

    static (double Joules, double Variance) Believed((double Joules, double Variance) outside, (double Joules, double Variance)? inside) =>
        inside is { } other && other.Variance < outside.Variance / ClearlySteadier ? other : outside;

    (double Joules, double Variance) FromBefore(double at) => (ValueBefore(at), VarianceBefore(at));

    // Never beyond what the next tick showed.
    double ValueBefore(double at)
    {
        var tick = CertainlyBefore(at);
        if (tick < 0)
            return _ticks[0].Joules - (Slope(1) * (_ticks[0].At - at));

        // A tick that a read should have seen and did not see has not been: the counter is less than one update period further on.
        var unseen = at - _reads[Math.Max(0, ReadsUpTo(at) - 1)];
        var beyond = Math.Min(at - _ticks[tick].At, UpdateSeconds + Math.Max(0, unseen));
        var value = _ticks[tick].Joules + (Slope(Math.Max(1, tick)) * beyond);
        return tick + 1 < _ticks.Count ? Math.Min(value, _ticks[tick + 1].Joules) : value;
    }

    (double Joules, double Variance)? FromAfter(double at)
    {
        var tick = CertainlyBefore(at) + 1;
        if (tick < _ticks.Count && _seen[tick].After < at)
            tick++;
        if (tick + 2 >= _ticks.Count || _ticks[tick].At - at > 2 * (UpdateSeconds + TickJitterSeconds))
            return null;
        var slope = Slope(tick + 1);
        var value = _ticks[tick].Joules - (slope * (_ticks[tick].At - at));
        if (tick > 0)
            value = Math.Max(value, _ticks[tick - 1].Joules);
        return (value, Variance(slope, Slope(tick + 2), _ticks[tick + 1].At - _ticks[tick].At));
    }

    double VarianceBefore(double at)
    {
        var tick = Math.Max(1, CertainlyBefore(at));
        return Variance(Slope(tick), Slope(Math.Max(1, tick - 1)), _ticks[tick].At - _ticks[tick - 1].At);
    }

    // A tick seen by the first read after an edge may have been before the edge or after it: it tells of neither side.
    int CertainlyBefore(double at)
    {
        var tick = LastTick(at + TickJitterSeconds);
        while (tick >= 0 && _seen[tick].Seen > at)
            tick--;
        return tick;
    }

    void Add(double at, double after, SeriesPoint seen)
    {
        // Two reads at one instant tell one value.
        if (_ticks.Count > 0 && _ticks[^1].At >= at)
        {
            _ticks[^1] = (_ticks[^1].At, seen.EnergyJoules);
            return;
        }

        _ticks.Add((at, seen.EnergyJoules));
        _seen.Add((after, seen.AtSeconds));
    }

    // Two parts: when the tick was (uniform over the jitter), and whether its slope held (ΔP·U/4 where it was changing).
    double Variance(double slope, double neighbour, double interval)
    {
        var timing = slope * TickJitterSeconds / Math.Sqrt(12);
        var change = Math.Abs(slope - neighbour);
        var unsteady = change > 0.05 * Math.Abs(slope) ? change * Math.Max(UpdateSeconds, interval) / 4 / Math.Sqrt(3) : 0;
        return (timing * timing) + (unsteady * unsteady);
    }

    /// <summary>The counter within a window: on the line between its neighbouring ticks.</summary>
    public double Inside(double at)
    {
        var tick = Math.Clamp(LastTick(at), 0, _ticks.Count - 2);
        return _ticks[tick].Joules + (Slope(tick + 1) * (at - _ticks[tick].At));
    }

    /// <summary>What may have passed unseen about two instants, joules: the time in which nothing was read, where it is longer than usual, at the highest power seen.</summary>
    public double UnseenJoules(double open, double close, double usualSeconds)
    {
        var unread = UnreadSeconds(open, usualSeconds) + UnreadSeconds(close, usualSeconds);
        return unread == 0 ? 0 : unread * Enumerable.Range(1, _ticks.Count - 1).Max(Slope);
    }

    double UnreadSeconds(double at, double usualSeconds)
    {
        var next = ReadsUpTo(at);
        var from = next > 0 ? _reads[next - 1] : at;
        var to = next < _reads.Count ? _reads[next] : at;
        return to - from > usualSeconds ? to - from : 0;
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
