using Lem.Core.Metrics.Steady;

namespace Lem.Core.Metrics;

/// <summary>Rows of requests as they come, and their values by intended start, whatever order they came in.</summary>
sealed class LatencyRows
{
    // Chunks never move: a list of millions would be copied each time it grows.
    const int ChunkRows = 1 << 10;

    readonly List<LatencyRow[]> _chunks = [];

    public int Count { get; private set; }

    public void Add(in LatencyRow row)
    {
        if (Count == _chunks.Count * ChunkRows)
            _chunks.Add(new LatencyRow[ChunkRows]);
        _chunks[^1][Count++ % ChunkRows] = row;
    }

    /// <summary>Positions of the rows by intended start; equal starts by their latencies.</summary>
    public int[] Order()
    {
        // Plain numbers sort much faster than rows: only equal starts are looked at more closely.
        int[] order = [.. Enumerable.Range(0, Count)];
        var starts = new double[Count];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = Row(i).IntendedS;
        Array.Sort(starts, order);
        for (var from = 0; from < starts.Length;)
        {
            var to = from + 1;
            while (to < starts.Length && starts[to] == starts[from])
                to++;
            if (to - from > 1)
                order.AsSpan(from, to - from).Sort(ByLatency);
            from = to;
        }

        return order;
    }

    /// <summary>One value of each request, in an order; requests that have none are left out.</summary>
    /// <param name="into">As long as the order.</param>
    /// <returns>The part of it that was filled.</returns>
    public Span<double> Series(int[] order, Func<LatencyRow, double> value, Span<double> into)
    {
        var count = 0;
        foreach (var position in order)
        {
            if (value(Row(position)) is var one && double.IsFinite(one))
                into[count++] = one;
        }

        return into[..count];
    }

    /// <summary>How many were sent, answered or not, and when the last one was, seconds since window open.</summary>
    public (long Count, double LastS) Sends()
    {
        long count = 0;
        double last = 0;
        for (var i = 0; i < Count; i++)
        {
            var sent = Row(i).IntendedS + Row(i).DispatchDelayMs / 1e3;
            if (double.IsNaN(sent))
                continue;
            count++;
            last = Math.Max(last, sent);
        }

        return (count, last);
    }

    /// <summary>The requests whose end is known, answered or not, each from its intended start.</summary>
    public List<RequestRun> Runs()
    {
        var runs = new List<RequestRun>(Count);
        for (var i = 0; i < Count; i++)
        {
            ref readonly var row = ref Row(i);
            if (double.IsFinite(row.EndMs))
                runs.Add(new(row.IntendedS, double.IsFinite(row.WaitMs) ? row.IntendedS + row.WaitMs / 1e3 : null, row.IntendedS + row.EndMs / 1e3, 0));
        }

        return runs;
    }

    ref readonly LatencyRow Row(int position) => ref _chunks[position / ChunkRows][position % ChunkRows];

    int ByLatency(int left, int right)
    {
        var byEnd = Row(left).EndMs.CompareTo(Row(right).EndMs);
        var byFirst = byEnd != 0 ? byEnd : Row(left).WaitMs.CompareTo(Row(right).WaitMs);
        var byDelay = byFirst != 0 ? byFirst : Row(left).DispatchDelayMs.CompareTo(Row(right).DispatchDelayMs);
        return byDelay != 0 ? byDelay : left.CompareTo(right);
    }
}
