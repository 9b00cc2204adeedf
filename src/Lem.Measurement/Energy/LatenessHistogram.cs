using System.Numerics;

namespace Lem.Measurement.Energy;

/// <summary>Counts of microseconds in bins that widen with the value (1/16 of each octave): fixed memory, quantiles within 6 %.</summary>
sealed class LatenessHistogram
{
    const int BinsPerOctave = 16;

    // Written by the sampler thread only; readers may see counts a tick old.
    readonly long[] _counts = new long[40 * BinsPerOctave];
    long _total;
    long _max;

    public TimeSpan Max => TimeSpan.FromMicroseconds(Volatile.Read(ref _max));

    public void Add(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        _counts[BinOf(microseconds)]++;
        _max = Math.Max(_max, microseconds);
        Volatile.Write(ref _total, _total + 1);
    }

    /// <summary>Upper edge of the bin in which the quantile lies, never above the maximum; zero where nothing was counted.</summary>
    public TimeSpan Quantile(double probability)
    {
        var rank = (long)Math.Ceiling(probability * Volatile.Read(ref _total));
        long seen = 0;
        for (var bin = 0; rank > 0 && bin < _counts.Length; bin++)
        {
            seen += _counts[bin];
            if (seen >= rank)
                return TimeSpan.FromMicroseconds(Math.Min(UpperEdge(bin), Volatile.Read(ref _max)));
        }

        return TimeSpan.Zero;
    }

    // Below 16 µs each microsecond is its own bin; from there each octave has sixteen.
    static int BinOf(long microseconds)
    {
        if (microseconds < BinsPerOctave)
            return (int)microseconds;
        var octave = BitOperations.Log2((ulong)microseconds) - 4;
        return Math.Min(((octave + 1) * BinsPerOctave) + (int)((microseconds >> octave) - BinsPerOctave), (40 * BinsPerOctave) - 1);
    }

    static long UpperEdge(int bin)
    {
        if (bin < BinsPerOctave)
            return bin;
        var octave = (bin / BinsPerOctave) - 1;
        return ((long)((bin % BinsPerOctave) + BinsPerOctave + 1) << octave) - 1;
    }
}
