using Lem.Core;
using Lem.Measurement.Energy.Calibrating;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Calibrating;

public class MeterCsvTests
{
    [Theory]
    [InlineData("t_s,power_w", "0,100", "2,300")]
    [InlineData("t_ms,power_w", "0,100", "2000,300")]
    [InlineData("time,watts", "0,100", "2,300")]
    [InlineData("Time (s);Voltage (V);Power [mW]", "0;12;100000", "2;12;300000")]
    [InlineData("timestamp\tpower_kw", "0\t0.1", "2\t0.3")]
    [InlineData("\"Elapsed [us]\",\"P\"", "0,100", "2e6,300")]
    [InlineData("timestamp,Power (W)", "2026-01-02T03:04:05.000Z,100", "2026-01-02T03:04:07.000Z,300")]
    [InlineData("date,power", "2026-01-02 03:04:05,100", "2026-01-02 03:04:07,300")]
    public void Columns_and_units_are_known_by_their_headers(string header, string first, string last)
    {
        var track = MeterCsv.Read(["# a comment", header, first, "", last], "meter.csv");

        Assert.Equal(2, track.End - track.Start, 6);
        Assert.Equal(200, track.Mean(track.Start, track.End), 6);
    }

    [Fact]
    public void Several_columns_of_power_need_a_name()
    {
        string[] lines = ["t_s,power_in_w,power_out_w", "0,110,100", "2,330,300"];

        var refused = Assert.Throws<LemException>(() => MeterCsv.Read(lines, "meter.csv"));
        Assert.Contains("--column 'power_in_w'", refused.Hint, StringComparison.Ordinal);
        Assert.Equal(200, MeterCsv.Read(lines, "meter.csv", "power_out_w").Mean(0, 2), 6);
    }

    [Theory]
    [InlineData("meter.csv: no column of power among t_s, volts", "t_s,volts", "0,1", "1,1")]
    [InlineData("meter.csv: no column of time among a, power_w", "a,power_w", "0,1", "1,1")]
    [InlineData("meter.csv:3: 'much' is no power", "t_s,power_w", "0,1", "1,much")]
    [InlineData("meter.csv:3: 'late' is no time", "t_s,power_w", "0,1", "late,1")]
    [InlineData("meter.csv:3: time goes backwards", "t_s,power_w", "1,1", "0,1")]
    [InlineData("meter.csv: holds no readings", "t_s,power_w", "1,1", "1,1")]
    public void What_is_wrong_is_named_with_its_line(string message, params string[] lines) =>
        Assert.Equal(message, Assert.Throws<LemException>(() => MeterCsv.Read(lines, "meter.csv")).Message);

    [Fact]
    public void A_reading_that_is_missing_is_passed_over() =>
        Assert.Equal(100, MeterCsv.Read(["t_s,power_w", "0,100", "1,", "2,100"], "meter.csv").Mean(0, 2), 9);
}
