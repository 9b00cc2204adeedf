using Lem.Core.Results;

namespace Lem.Core.Metrics;

/// <summary>Counts of durations by whole microsecond: exact percentiles of tens of millions of gaps in a few megabytes.</summary>
/// <remarks>Mean, deviation and extremes come from the values themselves; percentiles from values rounded to 1 µs.</remarks>
public sealed class GapHistogram
{
    const int LongestBinUs = 1 << 22;

    readonly List<(double Us, long Count)> _long = [];
    long[] _bins = new long[1 << 12];
    double _sum;
    double _sumSquares;
    double _shift = double.NaN;
    double _min = double.PositiveInfinity;
    double _max = double.NegativeInfinity;

    /// <summary>Values added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a duration in microseconds, <paramref name="times"/> times.</summary>
    public void Add(double microseconds, long times = 1)
    {
        if (double.IsNaN(_shift))
            _shift = microseconds;

        // Around the first value, so that the squares of large and nearly equal durations do not cancel.
        var shifted = microseconds - _shift;
        _sum += shifted * times;
        _sumSquares += shifted * shifted * times;
        _min = Math.Min(_min, microseconds);
        _max = Math.Max(_max, microseconds);
        Count += times;

        AddToBin(Math.Round(microseconds), times);
    }

    /// <summary>Adds durations in whole microseconds, each once: as <see cref="Add(double, long)"/> one by one, but faster.</summary>
    public void Add(ReadOnlySpan<int> microseconds)
    {
        if (microseconds.IsEmpty)
            return;
        if (double.IsNaN(_shift))
            _shift = microseconds[0];

        double sum = 0, squares = 0;
        int min = int.MaxValue, max = int.MinValue;
        var (bins, shift) = (_bins, _shift);
        foreach (var gap in microseconds)
        {
            var shifted = gap - shift;
            sum += shifted;
            squares += shifted * shifted;
            min = Math.Min(min, gap);
            max = Math.Max(max, gap);
            if ((uint)gap < (uint)bins.Length)
                bins[gap]++;
            else
            {
                AddToBin(gap, 1);
                bins = _bins;
            }
        }

        _sum += sum;
        _sumSquares += squares;
        _min = Math.Min(_min, min);
        _max = Math.Max(_max, max);
        Count += microseconds.Length;
    }

    void AddToBin(double bin, long times)
    {
        if (bin >= LongestBinUs)
        {
            _long.Add((bin, times));
            return;
        }

        while (bin >= _bins.Length)
            Array.Resize(ref _bins, 2 * _bins.Length);
        _bins[(int)bin] += times;
    }

    /// <summary>The distribution in milliseconds, without intervals.</summary>
    public DistributionSummary SummariseMs()
    {
        if (Count == 0)
            return new DistributionSummary("ms", 0, null, null, null, null, null, null, null, null, null, new DistributionIntervals());

        _long.Sort((a, b) => a.Us.CompareTo(b.Us));
        double? sd = Count < 2 ? null : Math.Sqrt(Math.Max(_sumSquares - _sum * _sum / Count, 0) / (Count - 1)) / 1e3;
        return new DistributionSummary(
            "ms",
            Count,
            null,
            (_shift + _sum / Count) / 1e3,
            sd,
            _min / 1e3,
            PercentileMs(0.5),
            PercentileMs(0.9),
            PercentileMs(0.95),
            PercentileMs(0.99),
            _max / 1e3,
            new DistributionIntervals());
    }

    /// <summary>Type 7: linear between the two neighbouring values.</summary>
    double PercentileMs(double probability)
    {
        var position = probability * (Count - 1);
        var rank = (long)Math.Floor(position);
        var below = ValueAt(rank);
        var above = ValueAt(Math.Min(rank + 1, Count - 1));
        return Math.Clamp(below + (position - rank) * (above - below), _min, _max) / 1e3;
    }

    /// <summary>The value at a rank counted from zero.</summary>
    double ValueAt(long rank)
    {
        long seen = 0;
        for (var bin = 0; bin < _bins.Length; bin++)
        {
            seen += _bins[bin];
            if (seen > rank)
                return bin;
        }

        foreach (var (us, count) in _long)
        {
            seen += count;
            if (seen > rank)
                return us;
        }

        return _max;
    }
}
