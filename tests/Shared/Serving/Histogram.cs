namespace Lem.Tests.Shared.Serving;

/// <summary>A Prometheus histogram: cumulative counts below bounds, with sum and count. Any thread may observe.</summary>
sealed class Histogram(params double[] bounds)
{
    readonly long[] _below = new long[bounds.Length];
    readonly Lock _lock = new();
    double _sum;
    long _count;

    public void Observe(double value, int times = 1)
    {
        lock (_lock)
        {
            for (var i = bounds.Length - 1; i >= 0 && value <= bounds[i]; i--)
                _below[i] += times;
            _sum += value * times;
            _count += times;
        }
    }

    public (IReadOnlyList<(double Bound, long Count)> Buckets, double Sum, long Count) Read()
    {
        lock (_lock)
            return ([.. bounds.Zip(_below)], _sum, _count);
    }
}
