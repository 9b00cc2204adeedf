namespace Lem.Measurement.Energy;

/// <summary>What one GPU was doing at an instant; NaN or −1 would be guesses, so what is unknown is null.</summary>
/// <param name="Stamp">Monotonic stamp of the read.</param>
/// <param name="Folded">Samples this one stands for.</param>
/// <param name="ReasonBits">Clocks-event reasons (<see cref="Nvml.ThrottleBits"/>).</param>
public readonly record struct GpuSample(
    long Stamp,
    long? MemoryUsedBytes,
    int? TemperatureCelsius,
    int? SmPercent,
    int? MemoryPercent,
    int? SmMegahertz,
    int? MemoryMegahertz,
    int? PerformanceState,
    ulong? ReasonBits,
    int Folded = 1)
{
    const int ReasonBitCount = 16;

    /// <summary>Makes one of several: the highest memory and temperature, mean utilisation, reasons given half of the time, the rest as last seen.</summary>
    internal static GpuSample Fold(ReadOnlySpan<GpuSample> rows, int width, int column)
    {
        var folded = rows[^(width - column)] with { ReasonBits = Mostly(rows, width, column) };
        double sm = 0, memory = 0;
        var known = 0;
        for (var i = column; i < rows.Length; i += width)
        {
            var sample = rows[i];
            folded = folded with
            {
                MemoryUsedBytes = Max(folded.MemoryUsedBytes, sample.MemoryUsedBytes),
                TemperatureCelsius = (int?)Max(folded.TemperatureCelsius, sample.TemperatureCelsius),
            };
            if (sample is not { SmPercent: { } busy, MemoryPercent: { } accessed })
                continue;
            (sm, memory, known) = (sm + busy, memory + accessed, known + 1);
        }

        return known == 0 ? folded : folded with { SmPercent = (int)Math.Round(sm / known), MemoryPercent = (int)Math.Round(memory / known) };
    }

    static ulong? Mostly(ReadOnlySpan<GpuSample> rows, int width, int column)
    {
        ulong bits = 0;
        var known = false;
        for (var bit = 0; bit < ReasonBitCount; bit++)
        {
            int set = 0, seen = 0;
            for (var i = column; i < rows.Length; i += width)
                if (rows[i].ReasonBits is { } reasons)
                    (set, seen) = (set + (int)((reasons >> bit) & 1), seen + 1);
            known |= seen > 0;
            if (seen > 0 && 2 * set >= seen)
                bits |= 1ul << bit;
        }

        return known ? bits : null;
    }

    static long? Max(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
