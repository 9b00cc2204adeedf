using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lem.Measurement.Energy;

/// <summary>Writes samples as the text of <c>timeseries.csv</c>.</summary>
public static class TimeSeriesCsv
{
    public const string Header = "t_s,phase,device,power_w,energy_j,memory_mb,temperature_c,sm_pct,mem_pct,sm_clock_mhz,throttle\n";

    /// <summary>Appends one line. <paramref name="phase"/> must be a plain word.</summary>
    public static void Write(IBufferWriter<byte> into, in TimeSeriesRow row, string phase)
    {
        var gpu = row.Gpu;
        Write(into, row.Seconds, "F6");
        Text(into, ",");
        Text(into, phase);
        Text(into, ",");
        Text(into, row.Device);
        Number(into, row.PowerWatts, "F3");
        Number(into, row.EnergyJoules, "F6");
        Number(into, gpu.MemoryUsedBytes / (double)(1L << 20) ?? double.NaN, "F1");
        Number(into, gpu.TemperatureCelsius ?? double.NaN, "F0");
        Number(into, gpu.SmPercent ?? double.NaN, "F0");
        Number(into, gpu.MemoryPercent ?? double.NaN, "F0");
        Number(into, gpu.SmMegahertz ?? double.NaN, "F0");
        Number(into, gpu.ReasonBits ?? double.NaN, "F0");
        Text(into, "\n");
    }

    static void Number(IBufferWriter<byte> into, double value, string format)
    {
        Text(into, ",");
        if (!double.IsNaN(value))
            Write(into, value, format);
    }

    static void Write(IBufferWriter<byte> into, double value, string format)
    {
        var room = into.GetSpan(64);
        if (value.TryFormat(room, out var written, format, CultureInfo.InvariantCulture))
            into.Advance(written);
        else
            Text(into, value.ToString(format, CultureInfo.InvariantCulture));
    }

    static void Text(IBufferWriter<byte> into, string text)
    {
        var room = into.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        into.Advance(Encoding.UTF8.GetBytes(text, room));
    }
}
