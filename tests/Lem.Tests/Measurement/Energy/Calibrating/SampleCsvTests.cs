using System.Buffers;
using System.Text;
using Lem.Core;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Calibrating;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Calibrating;

public class SampleCsvTests
{
    [Fact]
    public void What_lem_writes_is_read_device_by_device()
    {
        var text = new ArrayBufferWriter<byte>();
        for (var i = 0; i < 10; i++)
            foreach (var (device, watts) in new[] { ("gpu:a", 100.0), ("gpu:b", 50.0), ("cpu:0", double.NaN) })
                TimeSeriesCsv.Write(text, new TimeSeriesRow(0, i / 10.0, device, watts, double.NaN, default), "measure");
        var lines = (TimeSeriesCsv.Header + Encoding.UTF8.GetString(text.WrittenSpan)).Split('\n');

        var tracks = SampleCsv.Read([.. lines, "9.9,measure,gpu:a,1"], "timeseries.csv");

        Assert.Equal(["gpu:a", "gpu:b"], tracks.Keys);
        Assert.Equal(50, tracks["gpu:b"].Mean(0, 0.9), 9);
    }

    [Fact]
    public void Another_table_is_refused() => Assert.Throws<LemException>(() => SampleCsv.Read(["t_s,power_w", "0,1"], "meter.csv"));
}
