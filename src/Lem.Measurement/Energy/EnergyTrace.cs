using System.Collections.Concurrent;

namespace Lem.Measurement.Energy;

/// <summary>
/// Every reading of every channel, bounded in memory: at the full rate as long as there is room, then the oldest folded together, eight by
/// eight, except about the edges of phases (<see cref="KeepHere"/>). Counters lose nothing by it, power becomes a mean. Written by the sampler,
/// read by anyone at any time.
/// </summary>
public sealed class EnergyTrace
{
    /// <summary>Readings take no more than about this; at 10 ms and one device, folding begins after two hours.</summary>
    public const long MaxBytes = 32L << 20;

    const int RowsPerChunk = 512;
    const int BytesPerReading = 40;

    // A week of ticks of 10 ms; beyond it the oldest go, and a window that began before them says so.
    const int MaxChunks = 1 << 17;

    // Of so many edges of phases both sides stay at the full rate.
    const int MaxKept = 64;

    readonly SampleLog<EnergyReading> _log;

    // Appended by the experiment's thread, read by the preparing one.
    readonly ConcurrentQueue<long> _kept = new();
    readonly TimeProvider _time;

    internal EnergyTrace(IReadOnlyList<EnergyChannel> channels, TimeProvider time, int maxChunks = MaxChunks)
    {
        (Channels, _time, Origin) = (channels, time, time.GetTimestamp());
        _log = new SampleLog<EnergyReading>(channels.Count, RowsPerChunk, maxChunks);
    }

    public IReadOnlyList<EnergyChannel> Channels { get; }

    /// <summary>Stamp at which the trace's seconds begin.</summary>
    public long Origin { get; }

    /// <summary>Ticks taken so far.</summary>
    public long Ticks => _log.Rows;

    internal SampleLog<EnergyReading> Log => _log;

    /// <summary>Seconds from the trace's origin to a stamp; negative before it.</summary>
    public double Seconds(long stamp) => (stamp - Origin) / (double)_time.TimestampFrequency;

    /// <summary>A length of time in stamps.</summary>
    internal long Stamps(double seconds) => (long)(seconds * _time.TimestampFrequency);

    /// <summary>One channel's readings from <paramref name="from"/> to <paramref name="to"/>, with one reading beyond each end where there is one.</summary>
    public ChannelSeries Series(int channel, long from, long to)
    {
        var (first, last) = (RowAt(channel, from) - 1, RowAt(channel, to));
        var start = Math.Max(first, _log.FirstRow);
        var points = new List<SeriesPoint>((int)Math.Clamp(last - start + 1, 0, 4096));
        for (var row = start; row <= last; row++)
            if (_log.TryGet(row, channel, out var reading, out var folded))
            {
                row += folded - 1 - (row % folded);
                points.Add(new SeriesPoint(
                    (Seconds(reading.Before) + Seconds(reading.After)) / 2,
                    (Seconds(reading.After) - Seconds(reading.Before)) / 2,
                    reading.EnergyJoules,
                    reading.PowerWatts,
                    reading.Failure,
                    folded));
            }

        return new ChannelSeries(Channels[channel], points, Truncated: !Holds(from));
    }

    /// <summary>What was read at a stamp has not been dropped since; true before anything was read.</summary>
    public bool Holds(long stamp) => _log.FirstRow == 0 || (_log.TryGet(_log.FirstRow, 0, out var first) && first.Before <= stamp);

    /// <summary>An edge of a phase is here: what lies about it stays at the full rate.</summary>
    public void KeepHere()
    {
        _kept.Enqueue(_log.Rows);
        while (_kept.Count > MaxKept)
            _kept.TryDequeue(out _);
    }

    /// <summary>Makes room for the readings to come. For the writer thread, once a second.</summary>
    internal void PrepareAhead()
    {
        _log.PrepareAhead();
        _log.FoldDownTo(MaxBytes / BytesPerReading, _kept, Fold);
    }

    // The counter is where the last of them left it; power is their mean; a failure shows only where all failed.
    static EnergyReading Fold(ReadOnlySpan<EnergyReading> rows, int width, int column)
    {
        var last = rows[^(width - column)];
        var (joules, watts, known) = (double.NaN, 0.0, 0);
        for (var i = column; i < rows.Length; i += width)
        {
            joules = double.IsNaN(rows[i].EnergyJoules) ? joules : rows[i].EnergyJoules;
            if (double.IsNaN(rows[i].PowerWatts))
                continue;
            watts += rows[i].PowerWatts;
            known++;
        }

        return last with
        {
            EnergyJoules = joules,
            PowerWatts = known > 0 ? watts / known : double.NaN,
            Failure = known > 0 || !double.IsNaN(joules) ? ReadFailure.None : last.Failure,
        };
    }

    // First row whose reading began at or after the stamp; readings are in order of time.
    long RowAt(int channel, long stamp)
    {
        long low = _log.FirstRow, high = _log.Rows;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_log.TryGet(middle, channel, out var reading) && reading.Before >= stamp)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
