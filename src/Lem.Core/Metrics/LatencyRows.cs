using System.Runtime.InteropServices;

namespace Lem.Core.Metrics;

/// <summary>Requests by intended start, whatever order they were collected in; equal starts by their latencies.</summary>
sealed class LatencyRows
{
    readonly List<LatencyRow> _rows;
    readonly int[] _order;

    public LatencyRows(List<LatencyRow> rows)
    {
        _rows = rows;
        _order = [.. Enumerable.Range(0, rows.Count)];

        // Plain numbers sort much faster than rows: only equal starts are looked at more closely.
        var starts = new double[rows.Count];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = rows[i].IntendedS;
        Array.Sort(starts, _order);
        for (var from = 0; from < starts.Length;)
        {
            var to = from + 1;
            while (to < starts.Length && starts[to] == starts[from])
                to++;
            if (to - from > 1)
                _order.AsSpan(from, to - from).Sort(ByLatency);
            from = to;
        }
    }

    public int Count => _rows.Count;

    /// <summary>One value of each request, in order; requests that have none are left out.</summary>
    public double[] Series(Func<LatencyRow, double> value)
    {
        var series = new double[_rows.Count];
        var rows = CollectionsMarshal.AsSpan(_rows);
        var count = 0;
        foreach (var i in _order)
        {
            if (value(rows[i]) is var one && double.IsFinite(one))
                series[count++] = one;
        }

        return count == series.Length ? series : series[..count];
    }

    int ByLatency(int left, int right)
    {
        var (a, b) = (_rows[left], _rows[right]);
        var byEnd = a.E2eMs.CompareTo(b.E2eMs);
        var byFirst = byEnd != 0 ? byEnd : a.TtftMs.CompareTo(b.TtftMs);
        return byFirst != 0 ? byFirst : left.CompareTo(right);
    }
}
