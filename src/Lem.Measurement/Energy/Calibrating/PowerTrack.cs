namespace Lem.Measurement.Energy.Calibrating;

/// <summary>Power over time as something recorded it: straight lines between its points.</summary>
public sealed class PowerTrack
{
    readonly IReadOnlyList<(double AtSeconds, double Watts)> _points;
    readonly double[] _joules;

    /// <param name="points">In order of time, at least two, no two at the same instant.</param>
    public PowerTrack(IReadOnlyList<(double AtSeconds, double Watts)> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 2);
        _points = points;
        _joules = new double[points.Count];
        for (var i = 1; i < points.Count; i++)
            _joules[i] = _joules[i - 1] + ((points[i].Watts + points[i - 1].Watts) / 2 * (points[i].AtSeconds - points[i - 1].AtSeconds));
    }

    public double Start => _points[0].AtSeconds;

    public double End => _points[^1].AtSeconds;

    /// <summary>The same recording on a clock that reads so much more.</summary>
    public PowerTrack Shift(double seconds) => new([.. _points.Select(point => (point.AtSeconds + seconds, point.Watts))]);

    /// <summary>Mean power between two instants within the recording, watts.</summary>
    public double Mean(double from, double to) => (JoulesAt(to) - JoulesAt(from)) / (to - from);

    /// <summary>Means of equal steps from the start, for looking at the whole.</summary>
    public double[] Steps(double step) =>
        [.. Enumerable.Range(0, (int)Math.Floor((End - Start) / step)).Select(i => Mean(Start + (i * step), Start + ((i + 1) * step)))];

    /// <summary>Means of <see cref="SettledRule.Blocks"/> equal blocks of a stretch.</summary>
    internal double[] Blocks(double from, double to)
    {
        var length = (to - from) / SettledRule.Blocks;
        return [.. Enumerable.Range(0, SettledRule.Blocks).Select(i => Mean(from + (i * length), from + ((i + 1) * length)))];
    }

    double JoulesAt(double at)
    {
        int low = 0, high = _points.Count - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_points[middle].AtSeconds <= at)
                low = middle;
            else
                high = middle;
        }

        var (start, end) = (_points[low], _points[low + 1]);
        var since = at - start.AtSeconds;
        var slope = (end.Watts - start.Watts) / (end.AtSeconds - start.AtSeconds);
        return _joules[low] + (start.Watts * since) + (slope * since * since / 2);
    }
}
