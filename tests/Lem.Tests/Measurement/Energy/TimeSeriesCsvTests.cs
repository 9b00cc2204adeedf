using System.Buffers;
using System.Text;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class TimeSeriesCsvTests
{
    static string Line(TimeSeriesRow row)
    {
        var text = new ArrayBufferWriter<byte>();
        TimeSeriesCsv.Write(text, row, "measure");
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    [Fact]
    public void A_GPU_fills_every_column()
        => Assert.Equal(
            "1.250000,measure,gpu:x,301.500,12.345679,2048.0,71,97,42,1410,36\n",
            Line(new TimeSeriesRow(0, 1.25, "gpu:x", 301.5, 12.3456789, new GpuSample(0, 2L << 30, 71, 97, 42, 1410, 1593, 0, 0x24))));

    [Fact]
    public void What_is_unknown_is_empty_and_never_zero()
        => Assert.Equal("0.000000,measure,cpu:0,,1.000000,,,,,,\n", Line(new TimeSeriesRow(0, 0, "cpu:0", double.NaN, 1, default)));

    [Fact]
    public void The_header_names_as_many_columns_as_a_line_has()
        => Assert.Equal(TimeSeriesCsv.Header.Count(c => c == ','), Line(new TimeSeriesRow(0, 0, "cpu:0", 1, 1, default)).Count(c => c == ','));
}
