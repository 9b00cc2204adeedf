namespace Lem.Measurement.Energy;

/// <summary>
/// Every reading of every channel at the full rate, bounded in memory: 40 bytes per channel and tick, at most
/// <see cref="MaxBytes"/>; a day of two channels at 100 ms takes 70 MB. Written by the sampler, read by anyone at any time.
/// </summary>
public sealed class EnergyTrace
{
    /// <summary>Beyond this the oldest readings go; a window that began before them then says so.</summary>
    public const long MaxBytes = 256L << 20;

    const int RowsPerChunk = 4096;
    const int BytesPerReading = 40;

    readonly SampleLog<EnergyReading> _log;
    readonly TimeProvider _time;

    internal EnergyTrace(IReadOnlyList<EnergyChannel> channels, TimeProvider time)
    {
        (Channels, _time, Origin) = (channels, time, time.GetTimestamp());
        var chunkBytes = (long)Math.Max(1, channels.Count) * BytesPerReading * RowsPerChunk;
        _log = new SampleLog<EnergyReading>(channels.Count, RowsPerChunk, (int)Math.Max(2, MaxBytes / chunkBytes));
    }

    public IReadOnlyList<EnergyChannel> Channels { get; }

    /// <summary>Stamp at which the trace's seconds begin.</summary>
    public long Origin { get; }

    /// <summary>Ticks taken so far.</summary>
    public long Ticks => _log.Rows;

    internal SampleLog<EnergyReading> Log => _log;

    /// <summary>Seconds from the trace's origin to a stamp; negative before it.</summary>
    public double Seconds(long stamp) => (stamp - Origin) / (double)_time.TimestampFrequency;

    /// <summary>One channel's readings from <paramref name="from"/> to <paramref name="to"/>, with one reading beyond each end where there is one.</summary>
    public ChannelSeries Series(int channel, long from, long to)
    {
        var (first, last) = (RowAt(channel, from) - 1, RowAt(channel, to));
        var start = Math.Max(first, _log.FirstRow);
        var points = new List<SeriesPoint>((int)Math.Max(0, last - start + 1));
        for (var row = start; row <= last; row++)
            if (_log.TryGet(row, channel, out var reading))
                points.Add(new SeriesPoint(
                    (Seconds(reading.Before) + Seconds(reading.After)) / 2,
                    (Seconds(reading.After) - Seconds(reading.Before)) / 2,
                    reading.EnergyJoules,
                    reading.PowerWatts,
                    reading.Failure));
        return new ChannelSeries(Channels[channel], points, Truncated: !Holds(from));
    }

    /// <summary>What was read at a stamp has not been dropped since; true before anything was read.</summary>
    public bool Holds(long stamp) => _log.FirstRow == 0 || (_log.TryGet(_log.FirstRow, 0, out var first) && first.Before <= stamp);

    /// <summary>Frees what lies before a stamp. For a long-lived meter, between windows.</summary>
    public void Forget(long before)
    {
        if (Channels.Count > 0)
            _log.Forget(RowAt(0, before) - 1);
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
