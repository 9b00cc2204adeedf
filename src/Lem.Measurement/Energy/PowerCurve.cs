namespace Lem.Measurement.Energy;

/// <summary>Polled power as a curve of straight lines between readings. Repeated values stay: a plateau is information.</summary>
sealed class PowerCurve
{
    readonly IReadOnlyList<SeriesPoint> _points;
    readonly double[] _sums; // joules from the first point to each point

    public PowerCurve(IReadOnlyList<SeriesPoint> points)
    {
        _points = points;
        _sums = new double[points.Count];
        for (var i = 1; i < points.Count; i++)
            _sums[i] = _sums[i - 1]
                + ((points[i].PowerWatts + points[i - 1].PowerWatts) / 2 * (points[i].AtSeconds - points[i - 1].AtSeconds));
    }

    public double Start => _points[0].AtSeconds;

    public double End => _points[^1].AtSeconds;

    /// <summary>∫ p dt from <paramref name="from"/> to <paramref name="to"/>, joules; the end values hold beyond the ends.</summary>
    public double Integral(double from, double to) => Sum(to) - Sum(from);

    /// <summary>Power at an instant, watts.</summary>
    public double At(double at)
    {
        var next = After(at);
        if (next == 0)
            return _points[0].PowerWatts;
        if (next == _points.Count)
            return _points[^1].PowerWatts;
        var (a, b) = (_points[next - 1], _points[next]);
        return a.PowerWatts + ((b.PowerWatts - a.PowerWatts) * (at - a.AtSeconds) / (b.AtSeconds - a.AtSeconds));
    }

    /// <summary>Mean and standard deviation of the readings in a stretch; NaN where there are none.</summary>
    public (double MeanWatts, double SdWatts) Level(double from, double to)
    {
        double sum = 0, squares = 0;
        var n = 0;
        for (var i = After(from); i < _points.Count && _points[i].AtSeconds <= to; i++)
        {
            n++;
            var delta = _points[i].PowerWatts - (sum / Math.Max(1, n - 1));
            sum += _points[i].PowerWatts;
            squares += n > 1 ? delta * (_points[i].PowerWatts - (sum / n)) : 0;
        }

        return n == 0 ? (double.NaN, double.NaN) : (sum / n, Math.Sqrt(squares / Math.Max(1, n - 1)));
    }

    /// <summary>Lowest and highest reading in a stretch; NaN where there are none.</summary>
    public (double LowestWatts, double HighestWatts) Range(double from, double to)
    {
        var (lowest, highest) = (double.NaN, double.NaN);
        for (var i = After(from); i < _points.Count && _points[i].AtSeconds <= to; i++)
        {
            lowest = double.IsNaN(lowest) ? _points[i].PowerWatts : Math.Min(lowest, _points[i].PowerWatts);
            highest = double.IsNaN(highest) ? _points[i].PowerWatts : Math.Max(highest, _points[i].PowerWatts);
        }

        return (lowest, highest);
    }

    /// <summary>Longest time between two readings that touches a stretch, its ends included.</summary>
    public double LongestGap(double from, double to)
    {
        var longest = Math.Max(Start - from, to - End);
        for (var i = Math.Max(1, After(from)); i < _points.Count && _points[i - 1].AtSeconds < to; i++)
            longest = Math.Max(longest, (_points[i].AtSeconds - _points[i - 1].AtSeconds) / _points[i].Folded);
        return longest;
    }

    /// <summary>Instants at which the reading was a new one.</summary>
    public IReadOnlyList<double> Changes()
    {
        var changes = new List<double>();
        for (var i = 1; i < _points.Count; i++)
            if (_points[i].PowerWatts != _points[i - 1].PowerWatts)
                changes.Add(_points[i].AtSeconds);
        return changes;
    }

    double Sum(double at)
    {
        var next = After(at);
        if (next == 0)
            return _points[0].PowerWatts * (at - Start);
        var last = _points[next - 1];
        return _sums[next - 1] + ((last.PowerWatts + At(at)) / 2 * (at - last.AtSeconds));
    }

    // Index of the first point after an instant.
    int After(double at)
    {
        int low = 0, high = _points.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].AtSeconds > at)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
